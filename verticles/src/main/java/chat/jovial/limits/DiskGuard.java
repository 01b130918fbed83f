package chat.jovial.limits;

import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guard of the disk under the embedded stores: refuses writes with {@code try_again} before it is
 * full, for a store that cannot write ends, and with it reading. Writes are accepted again by
 * themselves when there is room. Any thread; {@link #poll} from one.
 *
 * <p>Metrics: {@code jovial.disk.free} in bytes, and the counter {@code jovial.disk.refused}.
 */
public final class DiskGuard {
  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);

  private static final String FREE = "jovial.disk.free";
  private static final String REFUSED = "jovial.disk.refused";

  /** How often the guard should be polled: a disk fills at a gigabyte a second at most. */
  public static final Duration PERIOD = Duration.ofMillis(250);

  private static final Duration RETRY = Duration.ofSeconds(5);

  /** How often the same is logged while the disk is full. */
  private static final Duration COMPLAIN = Duration.ofMinutes(1);

  /** Room beyond the least, in percent of it, at which writes are accepted again. */
  private static final int HYSTERESIS_PERCENT = 10;

  private static final long BYTES_PER_MIB = 1L << 20;

  private final LongSupplier freeBytes;
  private final long minFree;
  private final Clock clock;
  private final Counter refused;
  private volatile boolean full;
  private volatile long free = Long.MAX_VALUE;
  private Instant complainedAt = Instant.EPOCH;

  /**
   * @param freeBytes what is free on the disk now
   * @param minFree bytes below which nothing is written
   */
  public DiskGuard(LongSupplier freeBytes, long minFree, MeterRegistry metrics, Clock clock) {
    this.freeBytes = freeBytes;
    this.minFree = minFree;
    this.clock = clock;
    this.refused = metrics.counter(REFUSED);
    Gauge.builder(FREE, () -> free).register(metrics);
  }

  /** A guard of a disk that is another server's business. */
  public static DiskGuard none(MeterRegistry metrics) {
    return new DiskGuard(() -> Long.MAX_VALUE, 0, metrics, Clock.systemUTC());
  }

  /** Refuses a write while the disk is nearly full. */
  public void checkWritable() {
    if (full) {
      refused.increment();
      throw JovialException.tryAgain(
          "the server's disk is nearly full; it stores nothing until there is room", RETRY);
    }
  }

  public boolean isFull() {
    return full;
  }

  /** Looks at the disk. */
  public void poll() {
    free = freeBytes.getAsLong();
    if (free < minFree) {
      full = true;
      complain();
    } else if (full && free >= minFree + minFree / 100 * HYSTERESIS_PERCENT) {
      full = false;
      complainedAt = Instant.EPOCH;
      LOG.warn("The disk has room again ({} MiB free): writes are accepted", free / BYTES_PER_MIB);
    }
  }

  private void complain() {
    Instant now = clock.instant();
    if (Duration.between(complainedAt, now).compareTo(COMPLAIN) >= 0) {
      complainedAt = now;
      LOG.error(
          "THE DISK IS NEARLY FULL: {} MiB are free and {} must be (stores.min_free_mib). Nothing"
              + " is stored until there is room; reading goes on. Free some space.",
          free / BYTES_PER_MIB,
          minFree / BYTES_PER_MIB);
    }
  }
}
