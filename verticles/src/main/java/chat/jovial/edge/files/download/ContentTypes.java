package chat.jovial.edge.files.download;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a browser may do with a file of a user: show it if nothing in it can run, else keep it. A
 * type that a page of ours could load as its own code is not named at all.
 */
final class ContentTypes {
  private static final String BYTES = "application/octet-stream";
  private static final String TEXT = "text/plain";

  /** Names as RFC 6838 has them. */
  private static final Pattern TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

  private static final Pattern TEXT_WITH_CHARSET =
      Pattern.compile("text/plain; ?charset=[a-z0-9_-]{1,40}");

  /** Not SVG, which can hold scripts; not PDF, whose viewers do not work within a sandbox. */
  private static final Set<String> SHOWN =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp", TEXT);

  private static final Pattern CODE =
      Pattern.compile(".*/.*(javascript|ecmascript|jscript|livescript|wasm).*|text/css.*");

  private ContentTypes() {}

  /** The value of {@code Content-Type}; nothing that could break a header. */
  static String sent(String mimeType) {
    String lower = mimeType.strip().toLowerCase(Locale.ROOT);
    if (TEXT_WITH_CHARSET.matcher(lower).matches()) {
      return lower;
    }
    String base = base(lower);
    if (!TYPE.matcher(base).matches() || CODE.matcher(base).matches()) {
      return BYTES;
    }
    return base.equals(TEXT) ? TEXT + "; charset=utf-8" : base;
  }

  /** Whether it may be shown in place; everything else is an attachment. */
  static boolean isShown(String mimeType) {
    String base = base(mimeType.strip().toLowerCase(Locale.ROOT));
    return SHOWN.contains(base)
        || TYPE.matcher(base).matches() && (base.startsWith("video/") || base.startsWith("audio/"));
  }

  private static String base(String mimeType) {
    int end = mimeType.indexOf(';');
    return end < 0 ? mimeType : mimeType.substring(0, end).strip();
  }
}
