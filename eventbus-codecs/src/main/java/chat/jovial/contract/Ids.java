package chat.jovial.contract;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The forms of ids. Ids that the system assigns are UUIDs of version 7 (RFC 9562) in 26 letters and
 * digits. The id of a direct conversation is made of its two members, so it needs no creating, and
 * who may read it is told by the id alone.
 */
public final class Ids {
  /** Longest id of any kind that the server takes; the ones that it makes are shorter. */
  public static final int MAX_LENGTH = 64;

  private static final String DIRECT_PREFIX = "d.";
  private static final char[] BASE32 = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 26;

  private Ids() {}

  /** 128 bits in 26 characters of Crockford's base 32, most significant first. */
  public static String text(UUID uuid) {
    char[] out = new char[LENGTH];
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits();
    for (int i = LENGTH - 1; i >= 0; i--) {
      out[i] = BASE32[(int) (low & 31)];
      low = (low >>> 5) | (high << 59);
      high >>>= 5;
    }
    return new String(out);
  }

  /** The conversation between two users, the same for both; with oneself it is a notepad. */
  public static String directConversation(String userId, String otherId) {
    return userId.compareTo(otherId) <= 0
        ? DIRECT_PREFIX + userId + "." + otherId
        : DIRECT_PREFIX + otherId + "." + userId;
  }

  public static boolean isDirect(String conversationId) {
    return conversationId.startsWith(DIRECT_PREFIX)
        && conversationId.length() == DIRECT_PREFIX.length() + 2 * LENGTH + 1
        && conversationId.charAt(DIRECT_PREFIX.length() + LENGTH) == '.';
  }

  /** The other member of a direct conversation, or null if the user is no member of it. */
  public static @Nullable String peer(String conversationId, String userId) {
    if (!isDirect(conversationId)) {
      return null;
    }
    String first = conversationId.substring(2, 2 + LENGTH);
    String second = conversationId.substring(3 + LENGTH);
    if (userId.equals(first)) {
      return second;
    }
    return userId.equals(second) ? first : null;
  }

  /** Whether this has the form of an id that the system assigned. */
  public static boolean isAssigned(String id) {
    if (id.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = id.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      boolean letter = c >= 'a' && c <= 'z' && c != 'i' && c != 'l' && c != 'o' && c != 'u';
      if (!digit && !letter) {
        return false;
      }
    }
    return true;
  }
}
