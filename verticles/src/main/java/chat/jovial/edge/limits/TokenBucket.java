package chat.jovial.edge.limits;

/**
 * How often somebody may do something: {@code perSecond} in the long run, {@code burst} at once.
 * Two numbers and no timer, because there is one for each connection. Confined to one thread.
 */
public final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final EdgeLimits.Rate rate;
  private double tokens;
  private long filledAtNanos;

  public TokenBucket(EdgeLimits.Rate rate, long nowNanos) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.filledAtNanos = nowNanos;
  }

  /** Takes one token: 0, or how many milliseconds until there is one. */
  public long take(long nowNanos) {
    double refill = (nowNanos - filledAtNanos) / NANOS_PER_SECOND * rate.perSecond();
    tokens = Math.min(rate.burst(), tokens + refill);
    filledAtNanos = nowNanos;
    if (tokens >= 1) {
      tokens -= 1;
      return 0;
    }
    return Math.max(1, (long) Math.ceil((1 - tokens) * 1000 / rate.perSecond()));
  }
}
