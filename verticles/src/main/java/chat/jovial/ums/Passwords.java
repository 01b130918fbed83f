package chat.jovial.ums;

import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords on a few threads of its own; one instance serves a whole node. May be
 * called from any thread; futures complete on the caller's context. What does not fit into the
 * queue is refused with {@code try_again} at once, so that a storm of logins costs a bounded amount
 * of memory and nobody waits for longer than an answer is awaited.
 */
final class Passwords {
  private static final String METRIC_TIME = "jovial.ums.password.hash";
  private static final String METRIC_WAITING = "jovial.ums.password.waiting";
  private static final String METRIC_REFUSED = "jovial.ums.password.refused";

  /** What a client is told to wait when the queue is full: about as long as it takes to empty. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final WorkerExecutor executor;
  private final Argon2Parameters parameters;
  private final int capacity;
  private final SecureRandom random = new SecureRandom();
  private final String hashOfNobody;
  private final AtomicInteger inside = new AtomicInteger();
  private final Timer time;
  private final Counter refused;

  Passwords(Vertx vertx, UmsConfig config, MeterRegistry metrics) {
    this.executor = vertx.createSharedWorkerExecutor("jovial-passwords", config.passwordThreads());
    this.parameters = config.argon2();
    this.capacity = config.passwordThreads() + config.passwordQueue();
    this.hashOfNobody = Argon2Hash.ofNothing(parameters, random);
    this.time = metrics.timer(METRIC_TIME);
    this.refused = metrics.counter(METRIC_REFUSED);
    Gauge.builder(METRIC_WAITING, inside, AtomicInteger::get).register(metrics);
  }

  Future<String> hash(String secret) {
    return run(() -> Argon2Hash.of(secret, parameters, random));
  }

  /**
   * Whether the secret is the one of that hash. Without a hash (a user who does not exist or has no
   * password) it takes as long and is false.
   */
  Future<Boolean> matches(String secret, @Nullable String hash) {
    return run(() -> Argon2Hash.matches(secret, hash == null ? hashOfNobody : hash));
  }

  Future<Void> close() {
    return executor.close();
  }

  private <T> Future<T> run(Callable<T> work) {
    if (inside.incrementAndGet() > capacity) {
      inside.decrementAndGet();
      refused.increment();
      return Future.failedFuture(
          JovialException.tryAgain("too many logins at the moment", RETRY_AFTER));
    }
    return executor
        .executeBlocking(() -> time.recordCallable(work), false)
        .onComplete(done -> inside.decrementAndGet());
  }
}
