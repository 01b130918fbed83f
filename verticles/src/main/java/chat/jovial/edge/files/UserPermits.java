package chat.jovial.edge.files;

import chat.jovial.contract.JovialException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Permits for one kind of work on a node, bounded for all and for each user. Any thread. */
public final class UserPermits {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final String what;
  private final int max;
  private final int maxPerUser;
  private final Map<String, Integer> byUser = new HashMap<>();
  private int acquired;

  /**
   * @param what is counted, for the message to the caller
   */
  public UserPermits(String what, int max, int maxPerUser) {
    this.what = what;
    this.max = max;
    this.maxPerUser = maxPerUser;
  }

  /** Acquires one, or refuses; it is to be released once. */
  public synchronized void acquire(String userId) {
    if (acquired >= max) {
      throw JovialException.tryAgain("too many " + what + " at once; try again soon", RETRY);
    }
    int own = byUser.getOrDefault(userId, 0);
    if (own >= maxPerUser) {
      throw JovialException.rateLimited(
          "you have " + own + " " + what + " under way; wait for one to end", RETRY);
    }
    byUser.put(userId, own + 1);
    acquired++;
  }

  public synchronized void release(String userId) {
    byUser.computeIfPresent(userId, (user, own) -> own == 1 ? null : own - 1);
    acquired--;
  }
}
