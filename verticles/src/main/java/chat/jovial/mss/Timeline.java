package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.contract.mds.MessageQuery;
import chat.jovial.mss.MemberConversations.Touched;
import chat.jovial.mss.TimelineScan.Scanned;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code mds.received} and {@code mds.sent}: one order over all conversations of a user.
 * Reads the conversations that were busy last first, some at a time, and stops as soon as none of
 * the others can have anything newer than what fills the page.
 */
final class Timeline {
  /** Conversations read at the same time. */
  private static final int PARALLEL = 8;

  private final LogReader reader;
  private final AcknowledgedEnds ends;
  private final MemberConversations conversations;

  Timeline(LogReader reader, AcknowledgedEnds ends, MemberConversations conversations) {
    this.reader = reader;
    this.ends = ends;
    this.conversations = conversations;
  }

  /**
   * @param own the caller's messages, or those of the others
   */
  Future<MessagePage> read(Caller caller, MessageQuery query, boolean own) {
    Position cursor = query.cursor() == null ? null : Position.ofCursor(query.cursor());
    TimelineScan scan = new TimelineScan(reader, ends, caller.requireUser(), own, query, cursor);
    return conversations(caller, query)
        .compose(touched -> gather(touched, 0, scan, new ArrayList<>(), scan.limit()))
        .map(found -> page(found, scan.limit()));
  }

  private Future<List<Touched>> conversations(Caller caller, MessageQuery query) {
    if (query.conversationId() == null) {
      return conversations.of(caller.requireUser());
    }
    HistoryReader.checkMember(caller, query.conversationId());
    return Future.succeededFuture(List.of(Touched.always(query.conversationId())));
  }

  private Future<List<Scanned>> gather(
      List<Touched> touched, int next, TimelineScan scan, List<Scanned> found, int limit) {
    if (next >= touched.size() || isFull(found, limit, touched.get(next))) {
      return Future.succeededFuture(found);
    }
    int end = Math.min(touched.size(), next + PARALLEL);
    List<Future<Scanned>> chunk =
        touched.subList(next, end).stream().map(t -> scan.of(t.conversationId())).toList();
    return Future.all(chunk)
        .compose(
            done -> {
              found.addAll(done.<Scanned>list());
              return gather(touched, end, scan, found, limit);
            });
  }

  private static boolean isFull(List<Scanned> found, int limit, Touched next) {
    return found.stream()
            .flatMap(scanned -> scanned.entries().stream())
            .filter(entry -> entry.storedAt().isAfter(next.newestPossible()))
            .limit(limit + 1L)
            .count()
        > limit;
  }

  private static MessagePage page(List<Scanned> found, int limit) {
    // Where a scan gave up early, nothing older may be told yet: the next page goes on from there.
    @Nullable Position horizon =
        found.stream()
            .map(Scanned::gaveUpAt)
            .filter(position -> position != null)
            .min(Position.NEWEST_FIRST)
            .orElse(null);
    List<Entry> inOrder =
        found.stream()
            .flatMap(scanned -> scanned.entries().stream())
            .filter(entry -> horizon == null || !Position.of(entry).isAfter(horizon))
            .sorted(Comparator.comparing(Position::of, Position.NEWEST_FIRST))
            .toList();
    if (inOrder.size() > limit) {
      List<Entry> page = inOrder.subList(0, limit);
      return new MessagePage(page, Position.of(page.get(limit - 1)).cursor(), true);
    }
    return horizon == null
        ? new MessagePage(inOrder, null, false)
        : new MessagePage(inOrder, horizon.cursor(), true);
  }
}
