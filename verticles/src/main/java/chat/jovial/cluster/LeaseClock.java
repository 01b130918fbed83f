package chat.jovial.cluster;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Validity of a lease by the faster of the monotonic and the wall clock: the one may stop while a
 * machine sleeps, the other may be set back.
 */
final class LeaseClock {
  private final Duration lease;
  private final Clock wall;
  private final LongSupplier monotonicNanos;
  private volatile Moment validFrom;
  private volatile boolean held;

  LeaseClock(Duration lease, Clock wall, LongSupplier monotonicNanos) {
    this.lease = lease;
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.validFrom = now();
  }

  /** One moment on both clocks. */
  record Moment(long monotonicNanos, long wallMillis) {}

  Moment now() {
    return new Moment(monotonicNanos.getAsLong(), wall.millis());
  }

  /**
   * The lease was renewed by a request that began at that moment; it counts from there. One event
   * loop calls this; an answer that is overtaken by a later one's changes nothing.
   */
  void renewedAt(Moment start) {
    if (!held || start.monotonicNanos() - validFrom.monotonicNanos() > 0) {
      validFrom = start;
      held = true;
    }
  }

  /** Gives the lease up; it holds no more from this call on. */
  void giveUp() {
    held = false;
  }

  boolean holds() {
    if (!held) {
      return false;
    }
    Moment from = validFrom;
    Moment now = now();
    return now.monotonicNanos() - from.monotonicNanos() < lease.toNanos()
        && now.wallMillis() - from.wallMillis() < lease.toMillis();
  }
}
