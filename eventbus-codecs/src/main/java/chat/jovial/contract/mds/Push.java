package chat.jovial.contract.mds;

import chat.jovial.contract.Broadcast;
import chat.jovial.contract.ClientEvent;
import chat.jovial.contract.Json;
import chat.jovial.contract.WireName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Push to the devices of certain users: entries that were just committed, in order of seq, or other
 * events. Best effort: the log is the record, a device that sees a gap reads it.
 *
 * @param origins for each entry, then for each event, the connection that caused it, which is not
 *     sent it; empty if none
 * @param events each as the JSON text that goes to the devices, with its field {@code event}
 */
@WireName("Push")
public record Push(
    List<String> userIds, List<Entry> entries, List<String> origins, @Nullable List<String> events)
    implements Broadcast {
  /** An entry without its body. */
  private static final int ENTRY_BYTES = 500;

  public Push {
    userIds = List.copyOf(userIds);
    entries = List.copyOf(entries);
    origins = List.copyOf(origins);
    events = events == null ? null : List.copyOf(events);
  }

  public static Push ofEntries(List<String> userIds, List<Entry> entries, List<String> origins) {
    return new Push(userIds, entries, origins, null);
  }

  /**
   * @param origin the connection that is not sent it, if any
   */
  public static Push ofEvent(List<String> userIds, ClientEvent event, @Nullable String origin) {
    return new Push(
        userIds,
        List.of(),
        List.of(origin == null ? "" : origin),
        List.of(new String(Json.write(event), StandardCharsets.UTF_8)));
  }

  /** The same for some of the users. */
  public Push forUsers(List<String> some) {
    return some.size() == userIds.size() ? this : new Push(some, entries, origins, events);
  }

  /** About what it takes, in memory as between nodes. */
  public int sizeInBytes() {
    int bytes = 0;
    for (Entry entry : entries) {
      bytes += ENTRY_BYTES + entry.bodySize();
    }
    if (events != null) {
      for (String event : events) {
        bytes += event.length();
      }
    }
    return bytes;
  }
}
