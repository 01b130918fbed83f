package chat.jovial.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Wait for a condition that sends no notice: it is evaluated again and again until it holds, and a
 * failure names what did not happen.
 *
 * <pre>{@code
 * await("node 2 owns no shard").until(() -> cluster.shardsOf(2) == 0);
 * await("the shards of node 2").until(() -> cluster.shardsOf(2), shards -> shards == 0);
 * }</pre>
 *
 * <p>What the condition throws ends the wait. Blocks the thread of the test.
 */
public final class Await {
  /** For a build on two busy cores; a condition that holds is noticed within a pause. */
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(90);

  private static final Duration PAUSE = Duration.ofMillis(10);

  private final String what;
  private final Duration limit;

  private Await(String what, Duration limit) {
    this.what = what;
    this.limit = limit;
  }

  /** A wait of up to 90 seconds for what the text says, for example "node 2 owns no shard". */
  public static Await await(String what) {
    return new Await(what, DEFAULT_LIMIT);
  }

  /** The same wait with another limit. */
  public Await atMost(Duration otherLimit) {
    return new Await(what, otherLimit);
  }

  /**
   * Returns when the condition holds.
   *
   * @throws AssertionError if it does not within the limit
   */
  public void until(BooleanSupplier condition) {
    until(condition::getAsBoolean, holds -> holds, "");
  }

  /**
   * Returns the first value that is accepted.
   *
   * @throws AssertionError with the last value if none is within the limit
   */
  public <T> T until(Supplier<T> value, Predicate<? super T> accepted) {
    return until(value, accepted, "; it is %s");
  }

  /**
   * Returns the first value that is not null.
   *
   * @throws AssertionError if there is none within the limit
   */
  public <T> T untilPresent(Supplier<@Nullable T> value) {
    while (true) {
      T present = this.<@Nullable T>until(value, found -> found != null, "");
      if (present != null) {
        return present;
      }
    }
  }

  private <T extends @Nullable Object> T until(
      Supplier<T> value, Predicate<? super T> accepted, String lastValue) {
    long start = System.nanoTime();
    while (true) {
      T last = value.get();
      if (accepted.test(last)) {
        return last;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        String shown = String.format(lastValue, last);
        throw new AssertionError("not within " + seconds() + " s: " + what + shown);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting for: " + what);
      }
    }
  }

  private double seconds() {
    return limit.toMillis() / 1000.0;
  }
}
