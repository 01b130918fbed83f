package chat.jovial.model.explore;

import java.time.Duration;

/**
 * Limits at which an exploration ends although it is not complete. A state costs some 20 bytes for
 * as long as the exploration lasts, and its own length while its depth is explored.
 */
public record Limits(int states, Duration time) {
  public static final Limits OF_A_TEST = new Limits(3_000_000, Duration.ofMinutes(2));
}
