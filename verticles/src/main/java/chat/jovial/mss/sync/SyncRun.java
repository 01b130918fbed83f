package chat.jovial.mss.sync;

import chat.jovial.mss.members.ConversationActivity;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Order of one run of pages over a user's conversations, computed for each page from what the store
 * has at that moment.
 *
 * <p>Newest first; but a conversation that becomes active while the client pages jumps to the
 * front, which the run has passed. So those active after the run began come at its end, oldest
 * first: one that was on a page already comes once more, with what is new in it, and none is
 * missed.
 *
 * @param cursor as it was when the run began: without a page
 */
record SyncRun(
    SyncCursor cursor, Instant since, Instant newest, @Nullable ConversationActivity after) {
  private static final Comparator<ConversationActivity> OLDEST_FIRST =
      Comparator.comparing(ConversationActivity::at)
          .thenComparing(ConversationActivity::conversationId);

  /** A new run, or the one that the client's cursor is in. */
  static SyncRun of(
      @Nullable SyncCursor given,
      String userId,
      Instant now,
      List<ConversationActivity> conversations) {
    if (given != null && given.page() != null) {
      SyncCursor.Page page = given.page();
      return new SyncRun(
          new SyncCursor(userId, given.startedAt(), null),
          page.since(),
          page.newest(),
          new ConversationActivity(page.conversationId(), page.activeAt()));
    }
    Instant newest =
        conversations.stream()
            .map(ConversationActivity::at)
            .max(Comparator.naturalOrder())
            .orElse(now);
    return new SyncRun(
        new SyncCursor(userId, now, null),
        given == null ? Instant.EPOCH : given.since(now),
        newest,
        null);
  }

  /** Those that the run has yet to show, in its order. */
  List<ConversationActivity> remaining(List<ConversationActivity> conversations) {
    Stream<ConversationActivity> early =
        conversations.stream()
            .filter(activity -> !isLate(activity) && !activity.at().isBefore(since))
            .filter(activity -> after == null || OLDEST_FIRST.compare(activity, after) < 0)
            .sorted(OLDEST_FIRST.reversed());
    Stream<ConversationActivity> late =
        conversations.stream()
            .filter(this::isLate)
            .filter(
                activity ->
                    after == null || !isLate(after) || OLDEST_FIRST.compare(activity, after) > 0)
            .sorted(OLDEST_FIRST);
    boolean onlyLate = after != null && isLate(after);
    return (onlyLate ? late : Stream.concat(early, late)).toList();
  }

  /** The cursor with which the run goes on behind that conversation. */
  SyncCursor behind(ConversationActivity last) {
    return new SyncCursor(
        cursor.userId(),
        cursor.startedAt(),
        new SyncCursor.Page(since, newest, last.at(), last.conversationId()));
  }

  private boolean isLate(ConversationActivity activity) {
    return activity.at().isAfter(newest);
  }
}
