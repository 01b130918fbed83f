package chat.jovial.bench.chaos.evidence;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Record of all that was noted in a run. Safe to use from any thread. */
public final class Evidence {
  private final Cast cast;
  private final List<Conversation> conversations;
  private final List<Presence> presences;
  private final List<Presence.Span> blackouts = new CopyOnWriteArrayList<>();

  /**
   * @param nanoClock as {@code System.nanoTime}, but never 0
   */
  public Evidence(Cast cast, LongSupplier nanoClock) {
    this.cast = cast;
    conversations =
        cast.pairs().stream().map(pair -> new Conversation(cast, pair, nanoClock)).toList();
    presences =
        IntStream.range(0, cast.devices()).mapToObj(device -> new Presence(nanoClock)).toList();
  }

  public Cast cast() {
    return cast;
  }

  public List<Conversation> conversations() {
    return conversations;
  }

  public Conversation conversation(int index) {
    return conversations.get(index);
  }

  public Presence presence(int device) {
    return presences.get(device);
  }

  /** A time in which nobody could read, because no node or no quorum of the store was there. */
  public void noteBlackout(long from, long until) {
    blackouts.add(new Presence.Span(from, until));
  }

  public List<Presence.Span> blackouts() {
    return blackouts;
  }

  /** All messages of all devices. */
  public Stream<Message> messages() {
    return conversations.stream()
        .flatMap(conversation -> conversation.messages().values().stream())
        .flatMap(List::stream);
  }
}
