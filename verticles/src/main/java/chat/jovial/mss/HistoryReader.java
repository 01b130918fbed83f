package chat.jovial.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code mss.history}: pages of one conversation, for its members. */
final class HistoryReader {
  private final LogReader reader;
  private final CommittedSeqClient ends;
  private final Related related;
  private final Turnstile turnstile;

  /**
   * @param turnstile which pages are read one after the other through
   */
  HistoryReader(LogReader reader, CommittedSeqClient ends, Related related, Turnstile turnstile) {
    this.reader = reader;
    this.ends = ends;
    this.related = related;
    this.turnstile = turnstile;
  }

  Future<HistoryPage> read(Caller caller, ReadHistory request) {
    checkMember(caller, request.conversationId());
    String conversationId = request.conversationId();
    int limit = limitOf(request.limit());
    if (request.after() != null) {
      long after = request.after();
      long wanted = after < CommittedSeqClient.NEWEST - limit - 1 ? after + limit + 1 : after;
      return ends.end(conversationId, wanted)
          .compose(end -> up(conversationId, after + 1, end, limit));
    }
    long wanted = request.before() == null ? CommittedSeqClient.NEWEST : request.before() - 1;
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
    int places = (int) Math.min(limit, end - from + 1);
    return page(
            conversationId,
            places,
            (first, to) -> reader.up(conversationId, from + first, to - first).map(LogRow::entries))
        .map(
            page -> {
              List<Entry> entries = page.entries();
              boolean more = entries.get(entries.size() - 1).seq() < end;
              return new HistoryPage(entries, more, page.related());
            });
  }

  private Future<HistoryPage> down(String conversationId, long from, int limit) {
    if (from < 1) {
      return Future.succeededFuture(new HistoryPage(List.of(), false, null));
    }
    int places = (int) Math.min(limit, from);
    return page(
            conversationId,
            places,
            (first, to) ->
                reader.down(conversationId, from - first, to - first).map(LogRow::entries))
        .map(
            page -> {
              List<Entry> entries = new ArrayList<>(page.entries());
              Collections.reverse(entries);
              return new HistoryPage(entries, entries.get(0).seq() > 1, page.related());
            });
  }

  /** Never without an entry: up to the acknowledged end a quorum shows all of them. */
  private Future<Related.Page> page(String conversationId, int places, PageFiller.Slices slices) {
    return turnstile.pass(
        () ->
            PageFiller.fill(places, slices)
                .compose(filled -> related.to(conversationId, filled.entries())));
  }

  private static int limitOf(@Nullable Integer limit) {
    return limit == null ? ReadHistory.MAX_LIMIT : limit;
  }
}
