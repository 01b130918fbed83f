package chat.jovial.mds.log;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sequencer of sends by their target: what concerns the same message is decided one after the
 * other, for an edit that waits behind a redaction must see what that has done. Holds targets of
 * sends that are not complete only, so it is bounded by the queue. Confined to the event loop of
 * its log.
 */
final class PerTargetSequencer {
  /** By target: completes when all sends so far that concern it are complete. */
  private final Map<Long, Future<?>> completeByTarget = new HashMap<>();

  /** Succeeds when all sends that came before and concern this target are complete. */
  Future<?> turnOf(PendingSend send, long target) {
    Future<?> before = completeByTarget.getOrDefault(target, Future.succeededFuture());
    // Not only the last one before: that may be complete early, as a duplicate.
    Future<?> all = Future.join(before, send.committed().otherwiseEmpty());
    completeByTarget.put(target, all);
    all.onComplete(done -> completeByTarget.remove(target, all));
    return before;
  }

  /** Succeeds when all sends so far that have a target are complete. */
  Future<?> allBefore() {
    return Future.join(List.copyOf(completeByTarget.values()));
  }
}
