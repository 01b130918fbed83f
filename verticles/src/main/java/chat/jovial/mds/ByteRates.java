package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limiter of the bytes that one user and one app have stored in a minute, so that nobody fills
 * the disk of all. One for each node, shared by its MDS verticles. Any thread.
 *
 * <p>Metrics: the counter {@code jovial.mds.bytes} of what was accepted, and {@code
 * jovial.mds.bytes.refused} by whose limit it was.
 */
public final class ByteRates {
  private static final String ACCEPTED = "jovial.mds.bytes";
  private static final String REFUSED = "jovial.mds.bytes.refused";

  /** What an entry costs beside its body: its row, its idempotency row and their indexes. */
  private static final int ENTRY_BYTES = 500;

  /** Users and apps remembered, some hundred bytes each; forgetting one fills its bucket. */
  private static final int MAX_REMEMBERED = 100_000;

  private static final long BYTES_PER_MIB = 1L << 20;
  private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

  /** The part of a minute's bytes that may come at once after a pause: those of 20 seconds. */
  private static final int BURSTS_PER_MINUTE = 3;

  private final LongSupplier nanoClock;
  private final long userBytes;
  private final long appBytes;
  private final Counter accepted;
  private final Counter userRefused;
  private final Counter appRefused;
  private final Cache<String, Bucket> users =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();
  private final Cache<String, Bucket> apps =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  /**
   * @param userMiB in a minute, a third of it at once
   * @param appMiB the same for all users of an app together
   * @param nanoClock as {@link System#nanoTime}
   */
  public ByteRates(int userMiB, int appMiB, MeterRegistry metrics, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.userBytes = userMiB * BYTES_PER_MIB;
    this.appBytes = appMiB * BYTES_PER_MIB;
    this.accepted = metrics.counter(ACCEPTED);
    this.userRefused = metrics.counter(REFUSED, "limit", "user");
    this.appRefused = metrics.counter(REFUSED, "limit", "app");
  }

  /** Accounts for an entry, or refuses it with {@code rate_limited}. */
  void acquire(Caller caller, int bodyBytes) {
    long bytes = ENTRY_BYTES + bodyBytes;
    long now = nanoClock.getAsLong();
    Bucket user = bucket(users, caller.requireUser(), userBytes, now);
    Bucket app = bucket(apps, caller.requireApp(), appBytes, now);
    check("you", user.waitFor(bytes, now), userRefused);
    check("the users of this app together", app.waitFor(bytes, now), appRefused);
    user.remove(bytes);
    app.remove(bytes);
    accepted.increment(bytes);
  }

  private static Bucket bucket(
      Cache<String, Bucket> buckets, String key, long perMinute, long now) {
    return buckets.get(key, id -> new Bucket(perMinute, now));
  }

  private static void check(String who, Duration wait, Counter refused) {
    if (!wait.isZero()) {
      refused.increment();
      throw JovialException.rateLimited(who + " store too many bytes in a minute", wait);
    }
  }

  /** Token bucket of bytes. */
  private static final class Bucket {
    private final long perMinute;
    private final long size;
    private double left;
    private long filledAt;

    Bucket(long perMinute, long now) {
      this.perMinute = perMinute;
      this.size = perMinute / BURSTS_PER_MINUTE;
      this.left = size;
      this.filledAt = now;
    }

    /** How long until there is room for that; zero if there is. */
    synchronized Duration waitFor(long bytes, long now) {
      if (now > filledAt) {
        left = Math.min(size, left + (now - filledAt) / NANOS_PER_MINUTE * perMinute);
        filledAt = now;
      }
      return bytes <= left
          ? Duration.ZERO
          : Duration.ofMillis(
              1 + (long) ((bytes - left) / perMinute * Duration.ofMinutes(1).toMillis()));
    }

    synchronized void remove(long bytes) {
      left -= bytes;
    }
  }
}
