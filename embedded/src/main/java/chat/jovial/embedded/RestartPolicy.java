package chat.jovial.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How often a crashed child is started again. One that dies now and then comes back each time; one
 * that cannot stay up is given up, so that the server stops rather than stay half alive. Used from
 * the supervisor's thread alone.
 */
public final class RestartPolicy {

  /** A crash counts this long. */
  static final Duration WINDOW = Duration.ofMinutes(10);

  /**
   * Waits before the first, second and third restart within the window; the fourth crash is the
   * last.
   */
  static final List<Duration> WAITS =
      List.of(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final LongSupplier nanoTime;

  /** Times of the crashes within the window, at most {@code WAITS.size()}. */
  private final Deque<Long> crashes = new ArrayDeque<>();

  public RestartPolicy(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Notes a crash; says how long to wait before the restart, or nothing if there shall be none. */
  public Optional<Duration> afterCrash() {
    long now = nanoTime.getAsLong();
    while (!crashes.isEmpty() && now - crashes.getFirst() > WINDOW.toNanos()) {
      crashes.removeFirst();
    }
    if (crashes.size() == WAITS.size()) {
      return Optional.empty();
    }
    crashes.addLast(now);
    return Optional.of(WAITS.get(crashes.size() - 1));
  }
}
