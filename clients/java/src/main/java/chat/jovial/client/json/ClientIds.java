package chat.jovial.client.json;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7), each greater than the one before: 12 bits after the
 * time count within a millisecond. Any thread.
 */
public final class ClientIds {
  private static final int MAX_COUNT = 0xFFF;

  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private int count;

  /** A new id of that time, or just after the last one's if the clock was set back. */
  public synchronized String next(long nowMillis) {
    // A clock that was set back by hours must not make ids that the server takes for far ahead.
    if (nowMillis > lastMillis || lastMillis - nowMillis > 60_000) {
      lastMillis = nowMillis;
      count = random.nextInt(MAX_COUNT / 2);
    } else if (++count > MAX_COUNT) {
      lastMillis++;
      count = 0;
    }
    long high = lastMillis << 16 | 0x7000 | count;
    long low = random.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** The time in an id that this class made. */
  public static Instant timeOf(String clientId) {
    return Instant.ofEpochMilli(UUID.fromString(clientId).getMostSignificantBits() >>> 16);
  }

  /** Whether the text is the canonical form of a UUID of version 7. */
  public static boolean isVersion7(String clientId) {
    if (clientId.length() != 36 || clientId.charAt(14) != '7') {
      return false;
    }
    try {
      return UUID.fromString(clientId).toString().equals(clientId);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
