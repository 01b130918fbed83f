package chat.jovial.mss;

import chat.jovial.contract.JovialException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets so many asynchronous tasks run at once, in the order in which they came; so many wait, and
 * further ones are told to try again. Confined to one event loop.
 */
final class Turnstile {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final int maxRunning;
  private final int maxWaiting;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;
  private boolean drains;

  Turnstile(int maxRunning, int maxWaiting) {
    this.maxRunning = maxRunning;
    this.maxWaiting = maxWaiting;
  }

  <T> Future<T> pass(Supplier<Future<T>> task) {
    if (running < maxRunning) {
      return run(task);
    }
    if (waiting.size() >= maxWaiting) {
      return Future.failedFuture(
          JovialException.tryAgain("too many pages are read at once", RETRY));
    }
    Promise<T> outcome = Promise.promise();
    waiting.add(() -> run(task).onComplete(outcome));
    return outcome.future();
  }

  private <T> Future<T> run(Supplier<Future<T>> task) {
    running++;
    Future<T> started;
    try {
      started = task.get();
    } catch (RuntimeException e) {
      started = Future.failedFuture(e);
    }
    return started.onComplete(done -> next());
  }

  private void next() {
    running--;
    if (drains) {
      return;
    }
    // A loop rather than a call from each to the next, which could be as deep as the queue is long.
    drains = true;
    for (Runnable first = nextThatMayRun(); first != null; first = nextThatMayRun()) {
      first.run();
    }
    drains = false;
  }

  private @Nullable Runnable nextThatMayRun() {
    return running < maxRunning ? waiting.poll() : null;
  }
}
