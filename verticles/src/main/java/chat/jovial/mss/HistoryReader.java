package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
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
    String conversationId = request.conversationId();
    int limit = limitOf(request.limit());
    if (request.after() != null) {
      long after = request.after();
      long wanted = after < AcknowledgedEnds.NEWEST - limit - 1 ? after + limit + 1 : after;
      return ends.end(conversationId, wanted)
          .compose(end -> up(conversationId, after + 1, end, limit));
    }
    long wanted = request.before() == null ? AcknowledgedEnds.NEWEST : request.before() - 1;
    return ends.end(conversationId, wanted)
        .compose(
            end ->
                request.from() == null
                    ? down(conversationId, Math.min(end, wanted), limit)
                    : reader
                        .seqAt(conversationId, request.from(), end)
                        .compose(seq -> up(conversationId, seq, end, limit)));
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

  private Future<HistoryPage> up(String conversationId, long from, long end, int limit) {
    if (from > end) {
      return Future.succeededFuture(new HistoryPage(List.of(), false, null));
    }
    long last = Math.min(end, from + limit - 1);
    return reader
        .up(conversationId, from, (int) (last - from + 1))
        .map(rows -> new HistoryPage(entries(rows), last < end, null));
  }

  private Future<HistoryPage> down(String conversationId, long from, int limit) {
    return reader
        .down(conversationId, from, limit)
        .map(
            rows -> {
              List<Entry> page = new ArrayList<>(entries(rows));
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
