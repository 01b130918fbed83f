package chat.jovial.mss.read;

import chat.jovial.access.Memberships;
import chat.jovial.contract.Caller;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.mss.log.CommittedSeqClient;
import chat.jovial.mss.log.LogReader;
import chat.jovial.mss.log.LogRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers {@code mss.history}: pages of one conversation, for its members. */
public final class HistoryReader {
  private final LogReader reader;
  private final CommittedSeqClient committedSeqs;
  private final ModifierJoiner modifiers;
  private final Memberships memberships;

  public HistoryReader(
      LogReader reader,
      CommittedSeqClient committedSeqs,
      ModifierJoiner modifiers,
      Memberships memberships) {
    this.reader = reader;
    this.committedSeqs = committedSeqs;
    this.modifiers = modifiers;
    this.memberships = memberships;
  }

  public Future<HistoryPage> read(Caller caller, ReadHistory request) {
    return memberships
        .check(caller.requireUser(), request.conversationId())
        .compose(member -> read(request));
  }

  private Future<HistoryPage> read(ReadHistory request) {
    String conversationId = request.conversationId();
    int limit = limitOf(request.limit());
    if (request.after() != null) {
      long after = request.after();
      long wanted = after < CommittedSeqClient.NEWEST - limit - 1 ? after + limit + 1 : after;
      return committedSeqs
          .committedSeq(conversationId, wanted)
          .compose(end -> readAscending(conversationId, after + 1, end, limit));
    }
    long wanted = request.before() == null ? CommittedSeqClient.NEWEST : request.before() - 1;
    return committedSeqs
        .committedSeq(conversationId, wanted)
        .compose(
            end ->
                request.from() == null
                    ? readDescending(conversationId, Math.min(end, wanted), limit)
                    : reader
                        .seqAt(conversationId, request.from(), end)
                        .compose(seq -> readAscending(conversationId, seq, end, limit)));
  }

  private Future<HistoryPage> readAscending(String conversationId, long from, long end, int limit) {
    if (from > end) {
      return Future.succeededFuture(new HistoryPage(List.of(), false, null));
    }
    int places = (int) Math.min(limit, end - from + 1);
    return page(
            conversationId,
            places,
            (first, to) ->
                reader.readAscending(conversationId, from + first, to - first).map(LogRow::entries))
        .map(
            page -> {
              List<Entry> entries = page.entries();
              boolean more = entries.get(entries.size() - 1).seq() < end;
              return new HistoryPage(entries, more, page.related());
            });
  }

  private Future<HistoryPage> readDescending(String conversationId, long from, int limit) {
    if (from < 1) {
      return Future.succeededFuture(new HistoryPage(List.of(), false, null));
    }
    int places = (int) Math.min(limit, from);
    return page(
            conversationId,
            places,
            (first, to) ->
                reader
                    .readDescending(conversationId, from - first, to - first)
                    .map(LogRow::entries))
        .map(
            page -> {
              List<Entry> entries = new ArrayList<>(page.entries());
              Collections.reverse(entries);
              return new HistoryPage(entries, entries.get(0).seq() > 1, page.related());
            });
  }

  /** Never without an entry: up to the committed seq a quorum shows all of them. */
  private Future<ModifierJoiner.Page> page(
      String conversationId, int places, PageFiller.Slices slices) {
    return PageFiller.fill(places, slices)
        .compose(filled -> modifiers.withModifiers(conversationId, filled.entries()));
  }

  private static int limitOf(@Nullable Integer limit) {
    return limit == null ? ReadHistory.MAX_LIMIT : limit;
  }
}
