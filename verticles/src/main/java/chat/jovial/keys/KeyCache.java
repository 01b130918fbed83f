package chat.jovial.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cache of unwrapped keys, for a part of the minute within which a destroyed one must be out of use
 * everywhere: callers may use a key that they got from it for some seconds more. Any thread.
 */
final class KeyCache {
  /** From the beginning of the read that found it. */
  static final Duration LIFE = Duration.ofSeconds(30);

  /** One that is used after this time is read again, while it goes on being used. */
  static final Duration FRESH = Duration.ofSeconds(15);

  /** Some hundred bytes each; forgetting one costs a read. */
  private static final int MAX_KEYS = 50_000;

  private final Ticker ticker;
  private final Cache<KeyScope, Known> cache;

  /**
   * @param readAt when the read that found it began
   */
  private record Known(DataKey key, long readAt) {}

  /**
   * @param ticker nanoseconds that only grow
   */
  KeyCache(Ticker ticker) {
    this.ticker = ticker;
    this.cache =
        Caffeine.newBuilder().ticker(ticker).expireAfterWrite(LIFE).maximumSize(MAX_KEYS).build();
  }

  long now() {
    return ticker.read();
  }

  /** The key, or that it was destroyed; null if that is not known now. */
  @Nullable DataKey find(KeyScope scope) {
    Known known = cache.getIfPresent(scope);
    return known == null || isOlderThan(LIFE, known) ? null : known.key();
  }

  /** Whether it is time to read it again. What was destroyed stays so. */
  boolean isStale(KeyScope scope) {
    Known known = cache.getIfPresent(scope);
    return known != null && !known.key().isDestroyed() && isOlderThan(FRESH, known);
  }

  /**
   * @param readAt {@link #now} when the read began
   */
  void put(DataKey key, long readAt) {
    cache
        .asMap()
        .merge(
            key.scope(),
            new Known(key, readAt),
            (one, other) -> one.key().isDestroyed() ? one : other);
  }

  private boolean isOlderThan(Duration age, Known known) {
    return now() - known.readAt() > age.toNanos();
  }
}
