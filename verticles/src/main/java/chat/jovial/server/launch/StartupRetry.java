package chat.jovial.server.launch;

import chat.jovial.keys.MasterKeyException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Retry of the steps of a start that need a store: one that has just come up, or that shares the
 * machine with others that start, answers late or not at all. Any thread.
 */
final class StartupRetry {
  /**
   * Ten seconds for a store that refuses, the better part of a minute for one that is silent until
   * the driver gives up; after that it will not come by itself.
   */
  private static final int ATTEMPTS = 20;

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final String store;
  private final Consumer<String> progress;

  /**
   * @param store its name, as the operator sees it
   */
  StartupRetry(Vertx vertx, String store, Consumer<String> progress) {
    this.vertx = vertx;
    this.store = store;
    this.progress = progress;
  }

  /**
   * Completes with the first attempt that succeeds, fails with the last.
   *
   * @param attempt leaves nothing open when it fails
   */
  <T> Future<T> run(Supplier<Future<T>> attempt) {
    return run(attempt, 1);
  }

  private <T> Future<T> run(Supplier<Future<T>> attempt, int nth) {
    return attempt.get().recover(failure -> retryAfter(failure, attempt, nth));
  }

  private <T> Future<T> retryAfter(Throwable failure, Supplier<Future<T>> attempt, int nth) {
    if (failure instanceof MasterKeyException) {
      // A wrong key does not become right.
      return Future.failedFuture(failure);
    }
    if (nth == ATTEMPTS) {
      return Future.failedFuture(
          new StartFailure(
              "%s does not answer as it must (%s). Its log says more."
                  .formatted(store, failure.getMessage()),
              failure));
    }
    if (nth == 1) {
      progress.accept("%s does not answer yet: trying again ...".formatted(store));
    }
    return vertx.timer(PAUSE.toMillis()).compose(waited -> run(attempt, nth + 1));
  }
}
