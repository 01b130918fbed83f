package chat.jovial.mds.idempotency;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parser of client ids that are UUIDs of version 7 (RFC 9562): they say when they were made. */
public final class ClientIds {
  private static final int LENGTH = 36;

  private ClientIds() {}

  /**
   * The UUID, if the text is the canonical, lower-case form of one of version 7. Other spellings
   * are other client ids, so they must not be taken for the same one.
   */
  public static @Nullable UUID asVersion7(String clientId) {
    if (clientId.length() != LENGTH || clientId.charAt(14) != '7') {
      return null;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = clientId.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (dash ? c != '-' : !digit) {
        return null;
      }
    }
    return UUID.fromString(clientId);
  }

  /** The time in a UUID of version 7, to the millisecond. */
  public static Instant timeOf(UUID version7) {
    return Instant.ofEpochMilli(version7.getMostSignificantBits() >>> 16);
  }
}
