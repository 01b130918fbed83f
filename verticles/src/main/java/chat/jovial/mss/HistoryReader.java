package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.History;
import chat.jovial.contract.mss.HistoryPage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code mss.history}: pages of one conversation, for its members. */
final class HistoryReader {
  private final LogReader reader;
  private final AcknowledgedEnds ends;
  private final Related related;

  HistoryReader(LogReader reader, AcknowledgedEnds ends, Related related) {
    this.reader = reader;
    this.ends = ends;
    this.related = related;
  }

  Future<HistoryPage> read(Caller caller, History request) {
    return page(caller, request)
        .compose(
            page ->
                related
                    .to(request.conversationId(), page.entries())
                    .map(
                        found ->
                            found.isEmpty()
                                ? page
                                : new HistoryPage(page.entries(), page.more(), found)));
  }

  private Future<HistoryPage> page(Caller caller, History request) {
    checkMember(caller, request.conversationId());
    int limit = limitOf(request.limit());
    if (request.after() != null) {
      return up(request.conversationId(), request.after() + 1, limit);
    }
    return reader
        .newestBucket(request.conversationId())
        .compose(
            newest -> {
              if (newest.isEmpty()) {
                return Future.succeededFuture(new HistoryPage(List.of(), false, null));
              }
              long end = Buckets.lastSeq(newest.get().bucket());
              if (request.from() != null) {
                return reader
                    .seqAt(request.conversationId(), request.from(), end)
                    .compose(seq -> up(request.conversationId(), seq, limit));
              }
              long from = request.before() == null ? end : Math.min(end, request.before() - 1);
              return down(request.conversationId(), from, limit);
            });
  }

  /** Refuses those who are not in the conversation; the id of a direct one tells. */
  static void checkMember(Caller caller, String conversationId) {
    if (!Ids.isDirect(conversationId)) {
      throw JovialException.notFound("there is no conversation " + conversationId);
    }
    if (Ids.peer(conversationId, caller.requireUser()) == null) {
      throw JovialException.forbidden("you are not a member of " + conversationId);
    }
  }

  private Future<HistoryPage> up(String conversationId, long from, int limit) {
    return reader
        .up(conversationId, from, limit + 1)
        .compose(rows -> ends.visible(conversationId, rows))
        .map(
            rows ->
                new HistoryPage(
                    entries(rows.subList(0, Math.min(limit, rows.size()))),
                    rows.size() > limit,
                    null));
  }

  private Future<HistoryPage> down(String conversationId, long from, int limit) {
    return reader
        .down(conversationId, from, limit + 1)
        .compose(rows -> ends.visible(conversationId, rows))
        .map(
            rows -> {
              List<Entry> page =
                  new ArrayList<>(entries(rows.subList(0, Math.min(limit, rows.size()))));
              Collections.reverse(page);
              boolean more = !page.isEmpty() && page.get(0).seq() > 1;
              return new HistoryPage(page, more, null);
            });
  }

  private static List<Entry> entries(List<LogRow> rows) {
    return rows.stream().map(LogRow::entry).toList();
  }

  private static int limitOf(@Nullable Integer limit) {
    return limit == null ? History.MAX_LIMIT : limit;
  }
}
