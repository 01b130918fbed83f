package chat.jovial.mss.members;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A conversation of a user, and when it was last active.
 *
 * @param at on the day up to whose end it may have something new
 */
public record ConversationActivity(String conversationId, Instant at) {
  /** One that may have something new at any time. */
  public static ConversationActivity always(String conversationId) {
    return new ConversationActivity(conversationId, Instant.EPOCH.plus(Duration.ofDays(1_000_000)));
  }

  public Instant newestPossible() {
    return at.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
  }
}
