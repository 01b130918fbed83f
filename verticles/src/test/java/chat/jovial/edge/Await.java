package chat.jovial.edge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something holds. */
final class Await {
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Await() {}

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TestClient.PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it does not hold, however long one waits");
      }
      LockSupport.parkNanos(CHECK_NANOS);
    }
  }
}
