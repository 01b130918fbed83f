package chat.jovial.contract.mds;

import chat.jovial.contract.Broadcast;
import java.util.List;

/**
 * Entries that were just stored, in order of seq, for the devices of the users named. Best effort:
 * the log is the record, a device that sees a gap reads it.
 *
 * @param origins for each entry the connection that sent it, which is not sent it again; empty if
 *     none
 */
public record Push(List<String> userIds, List<Entry> entries, List<String> origins)
    implements Broadcast {
  public Push {
    userIds = List.copyOf(userIds);
    entries = List.copyOf(entries);
    origins = List.copyOf(origins);
  }
}
