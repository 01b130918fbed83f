package chat.jovial.server.launch;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Probe of one store: asks it something small now and then, and knows whether it has answered
 * recently. Any thread.
 */
final class StoreProbe {
  static final Duration PERIOD = Duration.ofSeconds(1);

  /** Longer than a pause of a collector or a failover, shorter than people wait. */
  static final Duration SILENCE_LIMIT = Duration.ofSeconds(5);

  private final String store;
  private final Supplier<Future<?>> question;
  private final LongSupplier monotonicNanos;
  private volatile long answeredAt;
  private volatile boolean asking;

  /**
   * @param question fails, or does not complete, when the store does not answer
   */
  StoreProbe(String store, Supplier<Future<?>> question, LongSupplier monotonicNanos) {
    this.store = store;
    this.question = question;
    this.monotonicNanos = monotonicNanos;
    this.answeredAt = monotonicNanos.getAsLong();
  }

  /** The store's name, as operators know it. */
  String store() {
    return store;
  }

  /** Asks unless the last question is still open; called by one timer. */
  void ask() {
    if (asking) {
      return;
    }
    asking = true;
    answer()
        .onSuccess(answer -> answeredAt = monotonicNanos.getAsLong())
        .onComplete(done -> asking = false);
  }

  /** A client that was closed, as at the stop of a node, may throw. */
  private Future<?> answer() {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  boolean isSilent() {
    return monotonicNanos.getAsLong() - answeredAt > SILENCE_LIMIT.toNanos();
  }
}
