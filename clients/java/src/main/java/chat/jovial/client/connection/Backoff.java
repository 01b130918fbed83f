package chat.jovial.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses before the next attempt: twice as long each time, up to a cap, and of that a random part
 * between a half and the whole. The jitter comes after the cap, so that clients that all wait the
 * longest do not come at the same moment either.
 */
public final class Backoff {
  private final long firstMillis;
  private final long capMillis;
  private final RandomGenerator random;
  private int attempts;

  public Backoff(Duration first, Duration cap, RandomGenerator random) {
    this.firstMillis = Math.max(1, first.toMillis());
    this.capMillis = Math.max(firstMillis, cap.toMillis());
    this.random = random;
  }

  public Duration next() {
    // 2^20 times the first wait is beyond every sensible cap.
    long wait = Math.min(capMillis, firstMillis << Math.min(attempts, 20));
    attempts++;
    return Duration.ofMillis(wait / 2 + random.nextLong(wait / 2 + 1));
  }

  /** After a success. */
  public void reset() {
    attempts = 0;
  }
}
