package chat.jovial.ums.password;

import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Worker threads with a bounded queue, for work that would block an event loop: what does not fit
 * is refused with {@code try_again} at once. Any thread; futures complete on the caller's context.
 */
public final class BoundedWorkers {
  private static final String METRIC_TIME = "jovial.ums.work.time";
  private static final String METRIC_WAITING = "jovial.ums.work.waiting";
  private static final String METRIC_REFUSED = "jovial.ums.work.refused";
  private static final String TAG = "work";

  /** Retry hint when the queue is full: about as long as it takes to empty. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final WorkerExecutor executor;
  private final int capacity;
  private final AtomicInteger inside = new AtomicInteger();
  private final Timer time;
  private final MeterRegistry metrics;
  private final Gauge waiting;
  private final Counter refused;

  /**
   * @param name of the threads and in the metrics
   * @param queue pieces of work that may wait
   */
  public BoundedWorkers(Vertx vertx, String name, int threads, int queue, MeterRegistry metrics) {
    this.executor = vertx.createSharedWorkerExecutor("jovial-" + name, threads);
    this.capacity = threads + queue;
    this.time = metrics.timer(METRIC_TIME, TAG, name);
    this.refused = metrics.counter(METRIC_REFUSED, TAG, name);
    this.metrics = metrics;
    this.waiting =
        Gauge.builder(METRIC_WAITING, inside, AtomicInteger::get).tag(TAG, name).register(metrics);
  }

  public <T> Future<T> run(Callable<T> work) {
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

  public Future<Void> close() {
    // Another one of the same name may follow, when a start is retried.
    var unused = metrics.remove(waiting);
    return executor.close();
  }
}
