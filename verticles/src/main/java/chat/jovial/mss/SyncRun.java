package chat.jovial.mss;

import chat.jovial.mss.MemberConversations.Touched;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order of one run of pages over a user's conversations, computed anew for each page from what
 * the store has at that moment.
 *
 * <p>Newest first; but a conversation that is noted while the client pages jumps to the front,
 * which the run has passed. So those noted after the run began come at its end, oldest first: one
 * that had its turn comes once more, with what is new in it, and none is missed.
 *
 * @param cursor as it was when the run began: without a page
 */
record SyncRun(SyncCursor cursor, Instant since, Instant newest, @Nullable Touched after) {
  private static final Comparator<Touched> OLDEST_FIRST =
      Comparator.comparing(Touched::at).thenComparing(Touched::conversationId);

  /** A new run, or the one that the client's cursor is in. */
  static SyncRun of(
      @Nullable SyncCursor given, String userId, Instant now, List<Touched> conversations) {
    if (given != null && given.page() != null) {
      SyncCursor.Page page = given.page();
      return new SyncRun(
          new SyncCursor(userId, given.startedAt(), null),
          page.since(),
          page.newest(),
          new Touched(page.conversationId(), page.notedAt()));
    }
    Instant newest =
        conversations.stream().map(Touched::at).max(Comparator.naturalOrder()).orElse(now);
    return new SyncRun(
        new SyncCursor(userId, now, null),
        given == null ? Instant.EPOCH : given.since(now),
        newest,
        null);
  }

  /** Those that the run has yet to show, in its order. */
  List<Touched> remaining(List<Touched> conversations) {
    Stream<Touched> early =
        conversations.stream()
            .filter(touched -> !isLate(touched) && !touched.at().isBefore(since))
            .filter(touched -> after == null || OLDEST_FIRST.compare(touched, after) < 0)
            .sorted(OLDEST_FIRST.reversed());
    Stream<Touched> late =
        conversations.stream()
            .filter(this::isLate)
            .filter(
                touched ->
                    after == null || !isLate(after) || OLDEST_FIRST.compare(touched, after) > 0)
            .sorted(OLDEST_FIRST);
    boolean onlyLate = after != null && isLate(after);
    return (onlyLate ? late : Stream.concat(early, late)).toList();
  }

  /** The cursor with which the run goes on behind that conversation. */
  SyncCursor behind(Touched last) {
    return new SyncCursor(
        cursor.userId(),
        cursor.startedAt(),
        new SyncCursor.Page(since, newest, last.at(), last.conversationId()));
  }

  private boolean isLate(Touched touched) {
    return touched.at().isAfter(newest);
  }
}
