package chat.jovial.mds;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.RecordActivity;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteReceipts;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes again and again, the same rows at the same timestamp, until a write is acknowledged or the
 * tenure ends. What a try that failed has done is not known, so there is nothing else to do.
 */
final class Persistence {
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  /** Between two tries; the first is short, for most failures are. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final LogStore store;
  private final Function<Duration, Future<?>> timer;

  /**
   * @param timer completes after that time, on the owner's event loop
   */
  Persistence(LogStore store, Function<Duration, Future<?>> timer) {
    this.store = store;
    this.timer = timer;
  }

  Future<Void> write(WriteGroup group, Tenure tenure) {
    return untilDone(() -> store.write(group), tenure, FIRST_PAUSE);
  }

  Future<Void> touch(RecordActivity touch, Tenure tenure) {
    return untilDone(() -> store.touch(touch), tenure, FIRST_PAUSE);
  }

  Future<Void> writeHints(IndexModifiers hints, Tenure tenure) {
    return untilDone(() -> store.writeHints(hints), tenure, FIRST_PAUSE);
  }

  Future<Void> removeBodies(RemoveBodies removal, Tenure tenure) {
    return untilDone(() -> store.removeBodies(removal), tenure, FIRST_PAUSE);
  }

  Future<RangeRemoved> removeRange(RemoveRange removal, Tenure tenure) {
    return untilDone(() -> store.removeRange(removal), tenure, FIRST_PAUSE);
  }

  Future<Void> hideRange(HideRange request, Tenure tenure) {
    return untilDone(() -> store.hideRange(request), tenure, FIRST_PAUSE);
  }

  Future<Void> writeReceipts(WriteReceipts receipts, Tenure tenure) {
    return untilDone(() -> store.writeReceipts(receipts), tenure, FIRST_PAUSE);
  }

  /** Completes after that time, on the owner's event loop. */
  Future<?> pause(Duration time) {
    return timer.apply(time);
  }

  private <T> Future<T> untilDone(Supplier<Future<T>> attempt, Tenure tenure, Duration pause) {
    return attempt
        .get()
        .recover(
            failure -> {
              if (!tenure.lasts()) {
                return Future.failedFuture(
                    JovialException.tryAgain(
                        "the store does not answer; whether this was stored is not known",
                        Duration.ofSeconds(1)));
              }
              LOG.debug("A write is tried again", failure);
              return timer
                  .apply(pause)
                  .compose(waited -> untilDone(attempt, tenure, longer(pause)));
            });
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
