package chat.jovial.mss.read;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.ListMessages;
import chat.jovial.mss.log.CommittedSeqClient;
import chat.jovial.mss.log.LogReader;
import chat.jovial.mss.log.LogRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Scan of one conversation for a page of a timeline: its newest messages that fit the query. */
final class TimelineScan {
  private static final int PAGE = 64;

  /** Entries read in one conversation for one page; beyond, the page ends early. */
  private static final int MAX_READ = 2048;

  private final LogReader reader;
  private final CommittedSeqClient committedSeqs;
  private final String userId;
  private final Direction direction;
  private final ListMessages query;
  private final @Nullable Position cursor;

  TimelineScan(
      LogReader reader,
      CommittedSeqClient committedSeqs,
      String userId,
      Direction direction,
      ListMessages query,
      @Nullable Position cursor) {
    this.reader = reader;
    this.committedSeqs = committedSeqs;
    this.userId = userId;
    this.direction = direction;
    this.query = query;
    this.cursor = cursor;
  }

  /** Whose messages are wanted. */
  enum Direction {
    RECEIVED,
    SENT
  }

  /**
   * @param entries newest first, without their bodies, at most one more than a page holds
   * @param gaveUpAt where the scan stopped before it had found enough, if it did
   */
  record Scanned(List<Entry> entries, @Nullable Position gaveUpAt) {}

  int limit() {
    return query.limit() == null ? ListMessages.MAX_LIMIT : query.limit();
  }

  Future<Scanned> scan(String conversationId) {
    return committedSeqs
        .committedSeq(conversationId, CommittedSeqClient.NEWEST)
        .compose(end -> start(conversationId, end))
        .compose(from -> scanDown(conversationId, from, 0, new ArrayList<>()));
  }

  private Future<Long> start(String conversationId, long end) {
    return cursor == null
        ? Future.succeededFuture(end)
        : reader
            .seqAt(conversationId, cursor.storedAt().plusMillis(1), end)
            .map(firstAfter -> firstAfter - 1);
  }

  private Future<Scanned> scanDown(
      String conversationId, long from, int entriesRead, List<Entry> found) {
    return reader
        .readHeadersDescending(conversationId, from, PAGE)
        .compose(rows -> handleRows(conversationId, rows, entriesRead, found));
  }

  private Future<Scanned> handleRows(
      String conversationId, List<LogRow> rows, int entriesRead, List<Entry> found) {
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
    int total = entriesRead + rows.size();
    return total >= MAX_READ
        ? Future.succeededFuture(new Scanned(found, Position.of(last.entry())))
        : scanDown(conversationId, last.seq() - 1, total, found);
  }

  private boolean fits(Entry entry) {
    return entry.kind().equals(Kind.MESSAGE)
        && entry.senderId().equals(userId) == (direction == Direction.SENT)
        && (cursor == null || Position.of(entry).isAfter(cursor));
  }
}
