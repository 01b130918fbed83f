package chat.jovial.mds.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Queue of the sends of one conversation that are not complete, in the order of their arrival:
 * those that wait for a group, and those that are being written. Signals when its head may be
 * ready. Confined to the event loop of its log.
 */
final class SendQueue {
  /** Sends that wait; beyond, senders receive {@code try_again}. */
  private static final int MAX_QUEUED = 2048;

  private static final int MAX_QUEUED_BYTES = 8 * 1024 * 1024;

  private final ArrayDeque<PendingSend> queue = new ArrayDeque<>();
  private final Map<PendingSend.Key, PendingSend> pendingByKey = new HashMap<>();
  private int queuedBytes;

  /** Nobody appends before the log is recovered. */
  private Runnable ready = () -> {};

  boolean isEmpty() {
    return queue.isEmpty();
  }

  boolean hasRoomFor(PendingSend send) {
    return queue.size() < MAX_QUEUED && queuedBytes + send.bytes() <= MAX_QUEUED_BYTES;
  }

  /**
   * @param handler called when the first send may be ready, or has gone so that the next one may be
   */
  void onReady(Runnable handler) {
    ready = handler;
  }

  void signal() {
    ready.run();
  }

  /** The send with this key that came first, if it is not complete yet. */
  @Nullable PendingSend pending(PendingSend.Key key) {
    return pendingByKey.get(key);
  }

  void add(PendingSend send) {
    pendingByKey.put(send.key(), send);
    queue.add(send);
    queuedBytes += send.bytes();
    send.committed()
        .onComplete(
            done -> {
              pendingByKey.remove(send.key());
              signal();
            });
  }

  /** Those that wait, complete ones among them. */
  List<PendingSend> waiting() {
    return List.copyOf(queue);
  }

  /** The first that are ready, in order: one that is not holds back those behind it. */
  List<PendingSend> removeReady(int maxEntries, int maxBytes) {
    List<PendingSend> sends = new ArrayList<>();
    int bytes = 0;
    PendingSend next;
    while ((next = queue.peek()) != null) {
      if (!next.isComplete()) {
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
    List.copyOf(pendingByKey.values()).forEach(send -> send.fail(failure));
    queue.clear();
    queuedBytes = 0;
  }
}
