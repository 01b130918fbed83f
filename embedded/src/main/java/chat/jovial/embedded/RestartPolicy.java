package chat.jovial.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Restart policy for a crashed child. After a rare crash it is always restarted; after repeated
 * crashes it is given up, so that the server stops instead of running without its store. Confined
 * to the supervisor's thread.
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

  /** Records a crash; returns the wait before the restart, or nothing if there is none. */
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
