package chat.jovial.server;

import chat.jovial.keys.MasterKeyException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Does again what fails while a node starts: a store that has just come up, or that is a machine's
 * next to start, answers late or not at all.
 */
final class Patience {
  /**
   * Ten seconds for a store that refuses, the better part of a minute for one that is silent until
   * the driver gives up; after that it will not come by itself.
   */
  private static final int ATTEMPTS = 20;

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Consumer<String> progress;

  Patience(Vertx vertx, Consumer<String> progress) {
    this.vertx = vertx;
    this.progress = progress;
  }

  /**
   * @param what is waited for, as the operator is told
   * @param attempt leaves nothing behind when it fails
   */
  <T> Future<T> with(String what, Supplier<Future<T>> attempt) {
    return with(what, attempt, 1);
  }

  private <T> Future<T> with(String what, Supplier<Future<T>> attempt, int nth) {
    return attempt
        .get()
        .recover(
            failure -> {
              if (failure instanceof MasterKeyException) {
                // A wrong key does not become right.
                return Future.failedFuture(failure);
              }
              if (nth == ATTEMPTS) {
                return Future.failedFuture(
                    new StartFailure(
                        "%s does not answer as it must (%s). Its log says more."
                            .formatted(what, failure.getMessage()),
                        failure));
              }
              if (nth == 1) {
                progress.accept("%s does not answer yet: trying again ...".formatted(what));
              }
              return vertx.timer(PAUSE.toMillis()).compose(waited -> with(what, attempt, nth + 1));
            });
  }
}
