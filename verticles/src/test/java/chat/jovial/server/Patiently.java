package chat.jovial.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something holds. */
final class Patiently {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Patiently() {}

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not hold, however long one waits");
      }
      LockSupport.parkNanos(CHECK_NANOS);
    }
  }
}
