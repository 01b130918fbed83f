package chat.jovial.edge.files;

import chat.jovial.contract.JovialException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How much of one kind a node does at once, for all and for one user. Any thread. */
final class Slots {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final String what;
  private final int max;
  private final int maxPerUser;
  private final Map<String, Integer> byUser = new HashMap<>();
  private int taken;

  /**
   * @param what is counted, for the message to the caller
   */
  Slots(String what, int max, int maxPerUser) {
    this.what = what;
    this.max = max;
    this.maxPerUser = maxPerUser;
  }

  /** Takes one, or refuses; who has taken one frees it once. */
  synchronized void take(String userId) {
    if (taken >= max) {
      throw JovialException.tryAgain("too many " + what + " at once; try again soon", RETRY);
    }
    int own = byUser.getOrDefault(userId, 0);
    if (own >= maxPerUser) {
      throw JovialException.rateLimited(
          "you have " + own + " " + what + " under way; wait for one to end", RETRY);
    }
    byUser.put(userId, own + 1);
    taken++;
  }

  synchronized void free(String userId) {
    byUser.computeIfPresent(userId, (user, own) -> own == 1 ? null : own - 1);
    taken--;
  }
}
