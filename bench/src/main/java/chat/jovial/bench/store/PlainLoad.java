package chat.jovial.bench.store;

import chat.jovial.bench.load.Pacer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Drives {@link PlainInserts}: as many at once as given, or so many a second. Blocks its caller.
 */
public final class PlainLoad {
  private static final long MAX_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 3;
  private static final int DRAIN_SECONDS = 30;

  private final PlainInserts inserts;

  public PlainLoad(PlainInserts inserts) {
    this.inserts = inserts;
  }

  /**
   * Keeps so many inserts in flight.
   *
   * @param onStart called when the window begins, after the ramp
   * @param onEnd called when it ends, while the load still runs
   * @return inserts acknowledged per second of the window
   */
  public double closedLoop(
      int inFlight, double rampSeconds, double windowSeconds, Runnable onStart, Runnable onEnd)
      throws InterruptedException {
    ClosedLoop loop = new ClosedLoop(inFlight);
    for (int i = 0; i < inFlight; i++) {
      loop.insert();
    }
    sleep(rampSeconds);
    onStart.run();
    long startNanos = System.nanoTime();
    long startCount = loop.done.get();
    sleep(windowSeconds);
    long count = loop.done.get() - startCount;
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    onEnd.run();
    loop.stopAndCheck();
    return count / seconds;
  }

  /** Starts inserts at a fixed rate and measures each from the moment at which it was due. */
  public Histogram fixedRate(int perSecond, double rampSeconds, double windowSeconds)
      throws InterruptedException {
    Histogram latency = new ConcurrentHistogram(MAX_LATENCY_NANOS, SIGNIFICANT_DIGITS);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    int rampCount = (int) (perSecond * rampSeconds);
    int count = rampCount + (int) (perSecond * windowSeconds);
    CountDownLatch open = new CountDownLatch(count);
    Pacer.run(
        perSecond,
        count,
        (index, dueNanos) ->
            inserts
                .insertNext()
                .whenComplete(
                    (result, error) -> {
                      if (error != null) {
                        failure.compareAndSet(null, error);
                      } else if (index >= rampCount) {
                        latency.recordValue(
                            Math.min(MAX_LATENCY_NANOS, System.nanoTime() - dueNanos));
                      }
                      open.countDown();
                    }));
    if (!open.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(open.getCount() + " plain inserts were not answered");
    }
    check(failure.get());
    return latency;
  }

  private static void check(@Nullable Throwable failure) {
    if (failure != null) {
      throw new IllegalStateException("A plain insert failed: " + failure, failure);
    }
  }

  private static void sleep(double seconds) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
  }

  /** Each answer starts the next insert, on the driver's thread. */
  private final class ClosedLoop {
    private final AtomicLong done = new AtomicLong();
    private final AtomicInteger running;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean stopping;

    ClosedLoop(int inFlight) {
      running = new AtomicInteger(inFlight);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Both outcomes are handled in it.
    void insert() {
      inserts
          .insertNext()
          .whenComplete(
              (result, error) -> {
                if (error != null) {
                  failure.compareAndSet(null, error);
                } else {
                  done.getAndIncrement();
                }
                if (stopping || error != null) {
                  if (running.decrementAndGet() == 0) {
                    drained.countDown();
                  }
                } else {
                  insert();
                }
              });
    }

    void stopAndCheck() throws InterruptedException {
      stopping = true;
      if (!drained.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(running.get() + " plain inserts were not answered");
      }
      check(failure.get());
    }
  }
}
