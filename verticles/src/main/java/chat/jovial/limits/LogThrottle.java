package chat.jovial.limits;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limit on log lines of one kind that clients can cause: up to some a second, so that nobody fills
 * a disk with them. Any thread.
 */
public final class LogThrottle {
  private static final long PERIOD_NANOS = 1_000_000_000;

  private final int maxPerSecond;
  private final LongSupplier nanoClock;
  private final AtomicLong period = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong lines = new AtomicLong();

  public LogThrottle(int maxPerSecond) {
    this(maxPerSecond, System::nanoTime);
  }

  LogThrottle(int maxPerSecond, LongSupplier nanoClock) {
    this.maxPerSecond = maxPerSecond;
    this.nanoClock = nanoClock;
  }

  /** Whether one more line may be written now. */
  public boolean allows() {
    long now = Math.floorDiv(nanoClock.getAsLong(), PERIOD_NANOS);
    long before = period.get();
    if (before != now && period.compareAndSet(before, now)) {
      lines.set(0);
    }
    return lines.incrementAndGet() <= maxPerSecond;
  }
}
