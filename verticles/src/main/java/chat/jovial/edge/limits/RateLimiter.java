package chat.jovial.edge.limits;

import chat.jovial.contract.JovialException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limits by user or by network address, over all connections of a node. Any thread.
 *
 * <p>At most {@link #MAX_KEYS} are remembered, the least used is forgotten first and starts anew:
 * an attacker with more addresses than that is not held by limits per address anyway.
 */
public final class RateLimiter {
  /** About 20 MB at worst. */
  private static final long MAX_KEYS = 100_000;

  private final EdgeLimits.Rate rate;
  private final String what;
  private final LongSupplier nanoClock;
  private final Cache<String, TokenBucket> buckets;

  /**
   * @param what is limited, for the message to the caller
   */
  public RateLimiter(EdgeLimits.Rate rate, String what, LongSupplier nanoClock) {
    this.rate = rate;
    this.what = what;
    this.nanoClock = nanoClock;
    Duration untilFull = Duration.ofSeconds(1 + rate.burst() / rate.perSecond());
    this.buckets = Caffeine.newBuilder().maximumSize(MAX_KEYS).expireAfterAccess(untilFull).build();
  }

  /** Counts one request, or refuses it. */
  public void check(String key) {
    long now = nanoClock.getAsLong();
    TokenBucket bucket = buckets.get(key, unused -> new TokenBucket(rate, now));
    long waitMillis;
    synchronized (bucket) {
      waitMillis = bucket.take(now);
    }
    if (waitMillis > 0) {
      throw refusal(what, waitMillis);
    }
  }

  public static JovialException refusal(String what, long waitMillis) {
    return JovialException.rateLimited(
        "too many " + what + "; wait and try again", Duration.ofMillis(waitMillis));
  }
}
