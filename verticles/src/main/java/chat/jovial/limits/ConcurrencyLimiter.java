package chat.jovial.limits;

import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bulkhead around one kind of asynchronous work: up to {@code maxRunning} tasks run at once, up to
 * {@code maxWaiting} wait in the order in which they came, further ones are refused with {@code
 * try_again}. Any thread; a task starts on the context from which it was submitted.
 *
 * <p>Metrics, with the tag {@code limit}: {@code jovial.limit.running}, {@code
 * jovial.limit.waiting} and the counters {@code jovial.limit.refused} and {@code
 * jovial.limit.abandoned}. One limiter for each name and node: a second one takes over the gauges
 * of the first.
 */
public final class ConcurrencyLimiter {
  private static final String RUNNING = "jovial.limit.running";
  private static final String WAITING = "jovial.limit.waiting";
  private static final String REFUSED = "jovial.limit.refused";
  private static final String ABANDONED = "jovial.limit.abandoned";
  private static final String TAG = "limit";

  /** How long a caller who was refused should wait. */
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final String name;
  private final int maxRunning;
  private final int maxWaiting;
  private final Counter refused;
  private final Counter abandoned;

  /** Guarded by this, as the three fields below. At most {@link #maxWaiting} tasks. */
  private final Queue<Task<?>> waiting = new ArrayDeque<>();

  private int running;

  /** Whether a thread starts tasks: it also starts those for which there is room meanwhile. */
  private boolean starting;

  /**
   * @param name what is limited, in the plural: a metric's tag and part of the refusal
   */
  public ConcurrencyLimiter(String name, int maxRunning, int maxWaiting, MeterRegistry registry) {
    if (maxRunning < 1 || maxWaiting < 0) {
      throw new IllegalArgumentException("a limit of " + maxRunning + " and " + maxWaiting);
    }
    this.name = name;
    this.maxRunning = maxRunning;
    this.maxWaiting = maxWaiting;
    this.refused = registry.counter(REFUSED, TAG, name);
    this.abandoned = registry.counter(ABANDONED, TAG, name);
    gauge(registry, RUNNING, this::running);
    gauge(registry, WAITING, this::waiting);
  }

  /** Runs the work when there is room; fails with {@code try_again} if too much waits already. */
  public <T> Future<T> run(Supplier<Future<T>> work) {
    return run(() -> true, work);
  }

  /**
   * The same for work that may become useless while it waits.
   *
   * @param wanted asked when it is its turn: if false, the work is not begun and the future fails
   */
  public <T> Future<T> run(BooleanSupplier wanted, Supplier<Future<T>> work) {
    Task<T> task = new Task<>(Vertx.currentContext(), wanted, work, Promise.promise());
    synchronized (this) {
      if (running >= maxRunning) {
        if (waiting.size() >= maxWaiting) {
          refused.increment();
          return Future.failedFuture(
              JovialException.tryAgain("too many " + name + " at once; try again soon", RETRY));
        }
        waiting.add(task);
        return task.outcome.future();
      }
      running++;
    }
    start(task);
    return task.outcome.future();
  }

  /** Tasks that run now. */
  public synchronized int running() {
    return running;
  }

  /** Tasks that wait for their turn now. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private <T> void start(Task<T> task) {
    Future<T> started;
    try {
      started = task.wanted.getAsBoolean() ? task.work.get() : abandon();
    } catch (RuntimeException e) {
      started = Future.failedFuture(e);
    }
    started.onComplete(
        result -> {
          release();
          task.outcome.handle(result);
        });
  }

  private <T> Future<T> abandon() {
    abandoned.increment();
    return Future.failedFuture(
        JovialException.tryAgain("nobody waits for these " + name + " any more", RETRY));
  }

  /** Starts what waits in a loop: calls from each to the next could be as deep as the queue. */
  private void release() {
    synchronized (this) {
      running--;
      if (starting) {
        return;
      }
      starting = true;
    }
    for (Task<?> next = nextThatMayRun(); next != null; next = nextThatMayRun()) {
      Task<?> task = next;
      if (task.context == null || task.context == Vertx.currentContext()) {
        start(task);
      } else {
        task.context.runOnContext(now -> start(task));
      }
    }
  }

  private synchronized @Nullable Task<?> nextThatMayRun() {
    Task<?> next = running < maxRunning ? waiting.poll() : null;
    if (next == null) {
      starting = false;
    } else {
      running++;
    }
    return next;
  }

  private void gauge(MeterRegistry registry, String metric, Supplier<Number> value) {
    Gauge previous = registry.find(metric).tag(TAG, name).gauge();
    if (previous != null) {
      var unused = registry.remove(previous);
    }
    var unused =
        Gauge.builder(metric, value).tag(TAG, name).strongReference(true).register(registry);
  }

  /** Work that was submitted, and from where. */
  private record Task<T>(
      @Nullable Context context,
      BooleanSupplier wanted,
      Supplier<Future<T>> work,
      Promise<T> outcome) {}
}
