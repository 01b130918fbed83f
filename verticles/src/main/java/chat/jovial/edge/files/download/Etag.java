package chat.jovial.edge.files.download;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A strong entity tag (RFC 9110, 8.8.3), with its quotes. */
public record Etag(String text) {
  /** Of content with that SHA-256. */
  static Etag ofHash(String sha256) {
    return new Etag('"' + sha256 + '"');
  }

  /** Whether one of the {@code If-None-Match} headers names it. */
  boolean isIn(List<String> headers) {
    for (String header : headers) {
      for (String named : header.split(",")) {
        String tag = named.strip();
        if (tag.equals("*") || (tag.startsWith("W/") ? tag.substring(2) : tag).equals(text)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether a range may be given: no {@code If-Range}, or it names this very content. */
  boolean allowsRange(@Nullable String ifRange) {
    return ifRange == null || ifRange.strip().equals(text);
  }
}
