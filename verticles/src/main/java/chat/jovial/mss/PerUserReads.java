package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.limits.ConcurrencyLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Queue of reads for each user, so that one who asks for much waits for himself and not the others
 * for him: a few of each user's reads are in the limiter of the node at once. A read whose caller
 * has stopped waiting is not begun. Confined to the event loop of its verticle.
 */
final class PerUserReads {
  private static final String REFUSED = "jovial.mss.reads.refused";

  /** Reads of one user in the limiter at once. */
  private static final int MAX_RUNNING = 4;

  /** Reads of one user that wait, some hundred bytes each. */
  private static final int MAX_WAITING = 64;

  /** After this time callers on the bus have stopped waiting. */
  private static final Duration CALLERS_WAIT = Duration.ofSeconds(10);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final ConcurrencyLimiter limiter;
  private final Clock clock;
  private final Counter refused;
  private final Map<String, UserQueue> queueByUser = new HashMap<>();

  PerUserReads(ConcurrencyLimiter limiter, MeterRegistry metrics, Clock clock) {
    this.limiter = limiter;
    this.clock = clock;
    this.refused = metrics.counter(REFUSED);
  }

  /** One user's reads; exists as long as there are any. */
  private static final class UserQueue {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
  }

  <T> Future<T> run(Caller caller, Supplier<Future<T>> read) {
    String userId = caller.requireUser();
    UserQueue queue = queueByUser.computeIfAbsent(userId, id -> new UserQueue());
    Instant deadline = clock.instant().plus(CALLERS_WAIT);
    if (queue.running < MAX_RUNNING) {
      return start(userId, queue, deadline, read);
    }
    if (queue.waiting.size() >= MAX_WAITING) {
      refused.increment();
      return Future.failedFuture(
          JovialException.tryAgain("too many reads of yours wait already", RETRY));
    }
    Promise<T> outcome = Promise.promise();
    queue.waiting.add(() -> start(userId, queue, deadline, read).onComplete(outcome));
    return outcome.future();
  }

  private <T> Future<T> start(
      String userId, UserQueue queue, Instant deadline, Supplier<Future<T>> read) {
    queue.running++;
    return limiter
        .run(() -> clock.instant().isBefore(deadline), read)
        .onComplete(done -> finish(userId, queue));
  }

  private void finish(String userId, UserQueue queue) {
    queue.running--;
    Runnable next = queue.waiting.poll();
    if (next != null) {
      next.run();
    } else if (queue.running == 0) {
      queueByUser.remove(userId, queue);
    }
  }
}
