package chat.jovial.mss;

import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.List;

/**
 * Counts messages of others by their headers. There is no counter anywhere that could be wrong: the
 * log and the read watermark say it.
 */
final class UnreadCounter {
  /** Where counting ends: nobody reads a larger number. */
  static final int MAX_UNREAD = 10_000;

  /**
   * Entries looked at for one conversation. Only who leaves this many entries of other kinds, or of
   * their own, above what they have read is told too small a number.
   */
  private static final int MAX_LOOKED_AT = 40_000;

  private static final int PAGE = 1000;

  private final CassandraClient client;
  private final LogStatements statements;

  UnreadCounter(CassandraClient client, LogStatements statements) {
    this.client = client;
    this.statements = statements;
  }

  /**
   * @param lookedAt headers that were read for it
   */
  record Counted(int unread, int lookedAt) {
    Counted plus(int more, int headers) {
      return new Counted(Math.min(MAX_UNREAD, unread + more), lookedAt + headers);
    }
  }

  /**
   * Adds the messages of others from {@code from} to {@code to}, all of which are acknowledged, to
   * those counted already.
   */
  Future<Counted> count(String conversationId, String userId, long from, long to, Counted before) {
    if (from > to || before.unread() >= MAX_UNREAD || before.lookedAt() >= MAX_LOOKED_AT) {
      return Future.succeededFuture(before);
    }
    long bucket = Buckets.of(from);
    long last = Math.min(to, Buckets.lastSeq(bucket));
    return client
        .executeWithFullFetch(statements.headersUp().bind(conversationId, bucket, from, last, PAGE))
        .compose(
            rows -> {
              Counted sum = before.plus(messagesOfOthers(rows, userId), rows.size());
              // Numbers are contiguous up to the acknowledged end, so a short page ends a bucket.
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
