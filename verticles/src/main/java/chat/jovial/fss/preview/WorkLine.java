package chat.jovial.fss.preview;

import chat.jovial.contract.JovialException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Does asynchronous work one by one, because each takes much memory; what does not fit into the
 * line is refused with {@code try_again}. Any thread.
 */
final class WorkLine {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final int maxWaiting;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;

  WorkLine(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /** Begins it at once, or when those before it are done. */
  <T> Future<T> run(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    Runnable begin =
        () -> {
          Future<T> begun;
          try {
            begun = work.get();
          } catch (RuntimeException e) {
            begun = Future.failedFuture(e);
          }
          begun.onComplete(
              result -> {
                next();
                done.handle(result);
              });
        };
    synchronized (this) {
      if (busy && waiting.size() >= maxWaiting) {
        return Future.failedFuture(
            JovialException.tryAgain("too many previews are being made", RETRY));
      }
      if (busy) {
        waiting.add(begin);
        return done.future();
      }
      busy = true;
    }
    begin.run();
    return done.future();
  }

  private void next() {
    Runnable following;
    synchronized (this) {
      following = waiting.poll();
      busy = following != null;
    }
    if (following != null) {
      following.run();
    }
  }
}
