package chat.jovial.mds;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sends of one conversation that are not settled, in the order of their arrival: those that
 * wait for a group, and those that are being written. Confined to the event loop of its log.
 */
final class SendQueue {
  /** Sends that wait; beyond, senders are told to try again. */
  private static final int MAX_QUEUED = 2048;

  private static final int MAX_QUEUED_BYTES = 8 * 1024 * 1024;

  private final ArrayDeque<PendingSend> queue = new ArrayDeque<>();
  private final Map<PendingSend.Key, PendingSend> unsettled = new HashMap<>();
  private int queuedBytes;

  boolean isEmpty() {
    return queue.isEmpty();
  }

  boolean hasRoomFor(PendingSend send) {
    return queue.size() < MAX_QUEUED && queuedBytes + send.bytes() <= MAX_QUEUED_BYTES;
  }

  /** The send with this key that came first, if it is not settled yet. */
  @Nullable PendingSend unsettled(PendingSend.Key key) {
    return unsettled.get(key);
  }

  void add(PendingSend send) {
    unsettled.put(send.key(), send);
    send.settled().onComplete(done -> unsettled.remove(send.key()));
    queue.add(send);
    queuedBytes += send.bytes();
  }

  /** Those that wait, settled ones among them. */
  List<PendingSend> waiting() {
    return List.copyOf(queue);
  }

  /** The first that are ready, in order: one that is not holds back those behind it. */
  List<PendingSend> takeReady(int maxEntries, int maxBytes) {
    List<PendingSend> sends = new ArrayList<>();
    int bytes = 0;
    PendingSend next;
    while ((next = queue.peek()) != null) {
      if (!next.isSettled()) {
        boolean fits = sends.size() < maxEntries && bytes + next.bytes() <= maxBytes;
        if (!next.isReady() || !fits) {
          break;
        }
        sends.add(next);
        bytes += next.bytes();
      }
      queue.remove();
      queuedBytes -= next.bytes();
    }
    return sends;
  }

  void failAll(Throwable failure) {
    List.copyOf(unsettled.values()).forEach(send -> send.fail(failure));
    queue.clear();
    queuedBytes = 0;
  }
}
