package chat.jovial.mds.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Cache of the senders of a log whose keys existed recently, so that not every send asks. A key
 * that is destroyed meanwhile is noticed when the group is written, which leaves no text then.
 * Confined to the event loop of its log.
 */
final class CheckedSenders {
  /** With the time for which MSS itself may be behind, less than the minute that is promised. */
  static final Duration FRESH = Duration.ofSeconds(15);

  /** Those who wrote in the last seconds; forgetting one costs a request. */
  private static final int MAX_SENDERS = 64;

  private final Clock clock;
  private final Map<String, Instant> checkedAt = new HashMap<>();

  CheckedSenders(Clock clock) {
    this.clock = clock;
  }

  boolean contains(String senderId) {
    Instant at = checkedAt.get(senderId);
    Instant now = clock.instant();
    // A clock that was set back must not make it last.
    return at != null && !at.isAfter(now) && at.plus(FRESH).isAfter(now);
  }

  /**
   * @param asked when the request was sent
   */
  void add(String senderId, Instant asked) {
    if (checkedAt.size() >= MAX_SENDERS && !checkedAt.containsKey(senderId)) {
      checkedAt.clear();
    }
    checkedAt.put(senderId, asked);
  }
}
