package chat.jovial.mds.store;

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
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes of one ownership term, each retried, the same rows at the same timestamp, until it is
 * acknowledged or the term ends. What an attempt that failed has done is not known, so there is
 * nothing else to do. Confined to the event loop of its log.
 */
public final class RetryingLogWrites implements LogWrites {
  private static final Logger LOG = LoggerFactory.getLogger(RetryingLogWrites.class);

  /** Between two attempts; the first is short, for most failures are. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final LogWrites store;
  private final OwnershipTerm term;
  private final Timer timer;

  public RetryingLogWrites(LogWrites store, OwnershipTerm term, Timer timer) {
    this.store = store;
    this.term = term;
    this.timer = timer;
  }

  @Override
  public Future<Void> writeGroup(WriteGroup group) {
    return retry(() -> store.writeGroup(group), FIRST_PAUSE);
  }

  @Override
  public Future<Void> indexModifiers(IndexModifiers modifiers) {
    return retry(() -> store.indexModifiers(modifiers), FIRST_PAUSE);
  }

  @Override
  public Future<Void> removeBodies(RemoveBodies removal) {
    return retry(() -> store.removeBodies(removal), FIRST_PAUSE);
  }

  @Override
  public Future<RangeRemoved> removeRange(RemoveRange removal) {
    return retry(() -> store.removeRange(removal), FIRST_PAUSE);
  }

  @Override
  public Future<Void> hideRange(HideRange request) {
    return retry(() -> store.hideRange(request), FIRST_PAUSE);
  }

  @Override
  public Future<Void> recordActivity(RecordActivity activity) {
    return retry(() -> store.recordActivity(activity), FIRST_PAUSE);
  }

  @Override
  public Future<Void> writeReceipts(WriteReceipts receipts) {
    return retry(() -> store.writeReceipts(receipts), FIRST_PAUSE);
  }

  private <T> Future<T> retry(Supplier<Future<T>> attempt, Duration pause) {
    return attempt
        .get()
        .recover(
            failure -> {
              if (!term.isValid()) {
                return Future.failedFuture(
                    JovialException.tryAgain(
                        "the store does not answer; whether this was stored is not known",
                        RETRY_AFTER));
              }
              LOG.debug("A write is retried", failure);
              return timer.after(pause).compose(waited -> retry(attempt, longer(pause)));
            });
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
