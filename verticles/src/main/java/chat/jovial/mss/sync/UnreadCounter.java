package chat.jovial.mss.sync;

import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.mss.log.LogTables;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import java.util.List;

/**
 * Counter of messages of others, by their headers. No stored counter could be wrong: the log and
 * the read watermark determine the number.
 */
public final class UnreadCounter {
  /** Where counting ends: nobody reads a larger number. */
  static final int MAX_UNREAD = 10_000;

  /**
   * Headers read for one conversation. Only a user with more entries of other kinds, or of their
   * own, above what they have read sees too small a number.
   */
  private static final int MAX_HEADERS = 40_000;

  private static final int PAGE = 1000;

  private final LogTables tables;

  public UnreadCounter(LogTables tables) {
    this.tables = tables;
  }

  /**
   * @param headersRead headers that were read for it
   */
  record Counted(int unread, int headersRead) {
    Counted plus(int more, int headers) {
      return new Counted(Math.min(MAX_UNREAD, unread + more), headersRead + headers);
    }
  }

  /**
   * Adds the messages of others from {@code from} to {@code to}, all of which are committed, to
   * those counted already.
   */
  Future<Counted> count(String conversationId, String userId, long from, long to, Counted before) {
    if (from > to || before.unread() >= MAX_UNREAD || before.headersRead() >= MAX_HEADERS) {
      return Future.succeededFuture(before);
    }
    long bucket = Buckets.of(from);
    long last = Math.min(to, Buckets.lastSeq(bucket));
    return tables
        .headers(conversationId, bucket, from, last, PAGE)
        .compose(
            rows -> {
              Counted sum = before.plus(messagesOfOthers(rows, userId), rows.size());
              // Numbers are contiguous up to the committed seq, so a short page ends a bucket.
              long next = rows.size() < PAGE ? last + 1 : lastSeq(rows) + 1;
              return count(conversationId, userId, next, to, sum);
            });
  }

  static boolean isUnread(String kind, String senderId, String userId) {
    return kind.equals(Kind.MESSAGE) && !senderId.equals(userId);
  }

  private static int messagesOfOthers(List<Row> rows, String userId) {
    int count = 0;
    for (Row row : rows) {
      count += isUnread(row.getString("kind"), row.getString("sender_id"), userId) ? 1 : 0;
    }
    return count;
  }

  private static long lastSeq(List<Row> rows) {
    return rows.get(rows.size() - 1).getLong("seq");
  }
}
