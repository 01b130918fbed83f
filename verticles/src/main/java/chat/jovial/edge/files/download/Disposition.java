package chat.jovial.edge.files.download;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code Content-Disposition} (RFC 6266), with the name for old readers and for all (RFC 8187). */
final class Disposition {
  private static final String UNRESERVED_MARKS = "-._~";

  private Disposition() {}

  static String of(boolean inline, @Nullable String name) {
    String kind = inline ? "inline" : "attachment";
    String safe = name == null ? "" : SafeName.of(name);
    if (safe.isEmpty()) {
      return kind;
    }
    String ascii = ascii(safe);
    String plain = kind + "; filename=\"" + ascii + '"';
    return ascii.equals(safe) ? plain : plain + "; filename*=UTF-8''" + encoded(safe);
  }

  private static String ascii(String name) {
    StringBuilder out = new StringBuilder();
    name.codePoints().map(c -> c < 0x20 || c > 0x7e ? '_' : c).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String encoded(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED_MARKS.indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return out.toString();
  }
}
