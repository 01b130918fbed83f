package chat.jovial.mss.sync;

import chat.jovial.contract.JovialException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cursor of a client's syncs. All of it is in the text that the client keeps, so any node goes on
 * from it and asking twice does no harm. It grants nothing: what is shown is always the caller's
 * own. It names its user, lest a device that changes hands misses what the next user has.
 *
 * @param startedAt when the run of pages began
 * @param page where the run is; null when it is complete
 */
record SyncCursor(String userId, Instant startedAt, @Nullable Page page) {
  /**
   * Clocks of nodes may differ by this much, and activity of a conversation is recorded once a day:
   * a sync reads from a day before the day of the last one.
   */
  private static final Duration OVERLAP = Duration.ofDays(1);

  private static final String VERSION = "1";
  private static final String ID = " ([\\w.-]{1,64})";
  private static final String TIME = " (\\d{1,18})";
  private static final Pattern DONE = Pattern.compile(VERSION + ID + TIME);
  private static final Pattern GOING_ON = Pattern.compile(DONE.pattern() + TIME + TIME + TIME + ID);

  /**
   * @param since the run is for conversations active at or after this time
   * @param newest the latest activity when the run began; what was active later comes last
   * @param activeAt when the last conversation shown was active
   */
  record Page(Instant since, Instant newest, Instant activeAt, String conversationId) {}

  /** The cursor that a client handed back. */
  static SyncCursor read(String text, String userId) {
    SyncCursor cursor = parse(text);
    if (cursor == null) {
      throw JovialException.invalid(
          "cursor is not one that this server gave; sync without a cursor");
    }
    if (!cursor.userId.equals(userId)) {
      throw JovialException.invalid("cursor is of another user; sync without a cursor");
    }
    return cursor;
  }

  /**
   * From when on a new run has to look. A cursor from the future was given by a node whose clock
   * was wrong; it says nothing.
   */
  Instant since(Instant now) {
    return startedAt.isAfter(now.plus(OVERLAP))
        ? Instant.EPOCH
        : startedAt.truncatedTo(ChronoUnit.DAYS).minus(OVERLAP);
  }

  String text() {
    StringBuilder text = new StringBuilder(VERSION + " " + userId + " " + startedAt.toEpochMilli());
    if (page != null) {
      text.append(' ').append(page.since.toEpochMilli());
      text.append(' ').append(page.newest.toEpochMilli());
      text.append(' ').append(page.activeAt.toEpochMilli());
      text.append(' ').append(page.conversationId);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable SyncCursor parse(String encoded) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    Matcher done = DONE.matcher(text);
    if (done.matches()) {
      return new SyncCursor(done.group(1), time(done, 2), null);
    }
    Matcher goingOn = GOING_ON.matcher(text);
    return goingOn.matches()
        ? new SyncCursor(
            goingOn.group(1),
            time(goingOn, 2),
            new Page(time(goingOn, 3), time(goingOn, 4), time(goingOn, 5), goingOn.group(6)))
        : null;
  }

  private static Instant time(Matcher matcher, int group) {
    return Instant.ofEpochMilli(Long.parseLong(matcher.group(group)));
  }
}
