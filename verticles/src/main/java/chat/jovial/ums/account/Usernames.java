package chat.jovial.ums.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Comparison of usernames. Two names are the same if they look the same but for case and for
 * Unicode's compatible forms (NFKC), so nobody can take a second {@code Ann} as {@code ANN} or in
 * full-width letters.
 */
final class Usernames {
  private static final Pattern ALLOWED_PREFIX = Pattern.compile("[\\p{L}\\p{M}\\p{N}._-]{1,32}");

  private Usernames() {}

  /** What names are compared by. */
  static String key(String username) {
    String lower = Normalizer.normalize(username, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(lower, Normalizer.Form.NFKC);
  }

  /**
   * Whether a name could begin with this; it has no characters of regular expressions but a dot.
   */
  static boolean isPrefixKey(String key) {
    return ALLOWED_PREFIX.matcher(key).matches();
  }
}
