package chat.jovial.mds;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What concerns the same message is decided one after the other: an edit that waits behind a
 * redaction must see what that has done. Holds targets of unsettled sends only, so it is bounded by
 * the queue. Confined to the event loop of its log.
 */
final class TargetTurns {
  /** By target: completes when all that was taken in for it is settled. */
  private final Map<Long, Future<?>> settledByTarget = new HashMap<>();

  /** Succeeds when everything that was taken in for this target before is settled. */
  Future<?> turnOf(PendingSend send, long target) {
    Future<?> before = settledByTarget.getOrDefault(target, Future.succeededFuture());
    // Not only the last one before: that may be settled early, as sent before.
    Future<?> all = Future.join(before, send.settled().otherwiseEmpty());
    settledByTarget.put(target, all);
    all.onComplete(done -> settledByTarget.remove(target, all));
    return before;
  }

  /** Succeeds when everything that was taken in so far is settled. */
  Future<?> allBefore() {
    return Future.join(List.copyOf(settledByTarget.values()));
  }
}
