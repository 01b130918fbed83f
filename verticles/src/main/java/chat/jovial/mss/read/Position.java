package chat.jovial.mss.read;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Position in the order over all conversations: newest first, then by conversation and seq. */
record Position(Instant storedAt, String conversationId, long seq) {
  static final Comparator<Position> NEWEST_FIRST =
      Comparator.comparing(Position::storedAt)
          .thenComparing(Position::conversationId)
          .thenComparing(Position::seq)
          .reversed();

  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18}) (\\S{1,64}) (\\d{1,18})");

  static Position of(Entry entry) {
    return new Position(entry.storedAt(), entry.conversationId(), entry.seq());
  }

  /** The position that a client handed back. */
  static Position ofCursor(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      Matcher matcher = CURSOR.matcher(text);
      if (matcher.matches()) {
        return new Position(
            Instant.ofEpochMilli(Long.parseLong(matcher.group(1))),
            matcher.group(2),
            Long.parseLong(matcher.group(3)));
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like any other text that this server did not make.
    }
    throw JovialException.invalid("cursor is not one that this server gave");
  }

  String cursor() {
    String text = storedAt.toEpochMilli() + " " + conversationId + " " + seq;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  boolean isAfter(Position other) {
    return NEWEST_FIRST.compare(this, other) > 0;
  }
}
