package chat.jovial.mss;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.ListMessages;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one conversation adds to a page of a timeline: its newest messages that fit the query. */
final class TimelineScan {
  private static final int PAGE = 64;

  /** Entries looked at in one conversation for one page; beyond, the page ends early. */
  private static final int MAX_LOOKED_AT = 2048;

  private final LogReader reader;
  private final CommittedSeqClient ends;
  private final String userId;
  private final boolean own;
  private final ListMessages query;
  private final @Nullable Position cursor;

  TimelineScan(
      LogReader reader,
      CommittedSeqClient ends,
      String userId,
      boolean own,
      ListMessages query,
      @Nullable Position cursor) {
    this.reader = reader;
    this.ends = ends;
    this.userId = userId;
    this.own = own;
    this.query = query;
    this.cursor = cursor;
  }

  /**
   * @param entries newest first, without their bodies, at most one more than a page holds
   * @param gaveUpAt where the scan stopped before it had found enough, if it did
   */
  record Scanned(List<Entry> entries, @Nullable Position gaveUpAt) {}

  int limit() {
    return query.limit() == null ? ListMessages.MAX_LIMIT : query.limit();
  }

  Future<Scanned> of(String conversationId) {
    return ends.end(conversationId, CommittedSeqClient.NEWEST)
        .compose(end -> start(conversationId, end))
        .compose(from -> down(conversationId, from, 0, new ArrayList<>()));
  }

  private Future<Long> start(String conversationId, long end) {
    return cursor == null
        ? Future.succeededFuture(end)
        : reader
            .seqAt(conversationId, cursor.storedAt().plusMillis(1), end)
            .map(firstAfter -> firstAfter - 1);
  }

  private Future<Scanned> down(String conversationId, long from, int lookedAt, List<Entry> found) {
    return reader
        .downWithoutBodies(conversationId, from, PAGE)
        .compose(rows -> goOn(conversationId, rows, lookedAt, found));
  }

  private Future<Scanned> goOn(
      String conversationId, List<LogRow> rows, int lookedAt, List<Entry> found) {
    for (LogRow row : rows) {
      Entry entry = row.entry();
      if (query.since() != null && entry.storedAt().isBefore(query.since())) {
        return Future.succeededFuture(new Scanned(found, null));
      }
      if (fits(entry)) {
        found.add(entry);
        if (found.size() > limit()) {
          return Future.succeededFuture(new Scanned(found, null));
        }
      }
    }
    if (rows.size() < PAGE) {
      return Future.succeededFuture(new Scanned(found, null));
    }
    LogRow last = rows.get(rows.size() - 1);
    int total = lookedAt + rows.size();
    return total >= MAX_LOOKED_AT
        ? Future.succeededFuture(new Scanned(found, Position.of(last.entry())))
        : down(conversationId, last.seq() - 1, total, found);
  }

  private boolean fits(Entry entry) {
    return entry.kind().equals(Kind.MESSAGE)
        && entry.senderId().equals(userId) == own
        && (cursor == null || Position.of(entry).isAfter(cursor));
  }
}
