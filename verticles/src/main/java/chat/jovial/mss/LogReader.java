package chat.jovial.mss;

import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mss.Buckets;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads stretches of a log, at quorum. Knows buckets, but nothing of members or acknowledged ends.
 */
final class LogReader {
  private final CassandraClient client;
  private final LogStatements statements;

  LogReader(CassandraClient client, LogStatements statements) {
    this.client = client;
    this.statements = statements;
  }

  /** The newest bucket that was opened, and when. */
  record NewestBucket(long bucket, Instant openedAt) {}

  Future<Optional<NewestBucket>> newestBucket(String conversationId) {
    return client
        .executeWithFullFetch(statements.newestBucket().bind(conversationId))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(row -> new NewestBucket(row.getLong(0), row.getInstant(1))));
  }

  /** Up to {@code limit} entries of {@code from} and above, lowest first, with bodies. */
  Future<List<LogRow>> up(String conversationId, long from, int limit) {
    return up(conversationId, from, limit, new ArrayList<>());
  }

  private Future<List<LogRow>> up(String conversationId, long from, int limit, List<LogRow> found) {
    long bucket = Buckets.of(from);
    long last = Buckets.lastSeq(bucket);
    int missing = limit - found.size();
    return inBucket(conversationId, bucket, from, last, missing, statements.entriesUp(), true)
        .compose(
            rows -> {
              found.addAll(rows);
              // Numbers are contiguous: where a bucket is not full, the log ends.
              boolean full = !rows.isEmpty() && rows.get(rows.size() - 1).seq() == last;
              return full && found.size() < limit
                  ? up(conversationId, last + 1, limit, found)
                  : Future.succeededFuture(found);
            });
  }

  /** Up to {@code limit} entries of {@code from} and below, highest first, with bodies. */
  Future<List<LogRow>> down(String conversationId, long from, int limit) {
    return down(conversationId, from, limit, true, new ArrayList<>());
  }

  /** The same without their bodies: half the work where only ids and numbers are wanted. */
  Future<List<LogRow>> downWithoutBodies(String conversationId, long from, int limit) {
    return down(conversationId, from, limit, false, new ArrayList<>());
  }

  private Future<List<LogRow>> down(
      String conversationId, long from, int limit, boolean withBodies, List<LogRow> found) {
    if (from < 1 || found.size() >= limit) {
      return Future.succeededFuture(found);
    }
    long bucket = Buckets.of(from);
    int missing = limit - found.size();
    return inBucket(
            conversationId,
            bucket,
            Buckets.firstSeq(bucket),
            from,
            missing,
            statements.entriesDown(),
            withBodies)
        .compose(
            rows -> {
              found.addAll(rows);
              return down(conversationId, Buckets.firstSeq(bucket) - 1, limit, withBodies, found);
            });
  }

  /** The newest entries, highest first. */
  Future<List<LogRow>> newest(String conversationId, int limit) {
    return newestBucket(conversationId)
        .compose(
            newest ->
                newest
                    .map(n -> down(conversationId, Buckets.lastSeq(n.bucket()), limit))
                    .orElseGet(() -> Future.succeededFuture(List.of())));
  }

  /**
   * The lowest seq up to {@code end} that was stored at or after a time, or {@code end + 1}. Times
   * do not decrease along a log, so it is found by halving: about 20 reads of one row among a
   * million.
   */
  Future<Long> seqAt(String conversationId, Instant time, long end) {
    return seqAt(conversationId, time, 1, end + 1);
  }

  private Future<Long> seqAt(String conversationId, Instant time, long low, long high) {
    if (low >= high) {
      return Future.succeededFuture(low);
    }
    long middle = low + (high - low) / 2;
    return client
        .executeWithFullFetch(
            statements.storedAt().bind(conversationId, Buckets.of(middle), middle))
        .compose(
            rows -> {
              boolean earlier = !rows.isEmpty() && rows.get(0).getInstant(0).isBefore(time);
              return earlier
                  ? seqAt(conversationId, time, middle + 1, high)
                  : seqAt(conversationId, time, low, middle);
            });
  }

  private Future<List<LogRow>> inBucket(
      String conversationId,
      long bucket,
      long from,
      long to,
      int limit,
      PreparedStatement entries,
      boolean withBodies) {
    return client
        .executeWithFullFetch(entries.bind(conversationId, bucket, from, to, limit))
        .compose(
            rows -> {
              if (rows.isEmpty() || !withBodies) {
                return Future.succeededFuture(join(conversationId, rows, List.of()));
              }
              long one = rows.get(0).getLong("seq");
              long other = rows.get(rows.size() - 1).getLong("seq");
              return client
                  .executeWithFullFetch(
                      statements
                          .bodiesInRange()
                          .bind(conversationId, bucket, Math.min(one, other), Math.max(one, other)))
                  .map(bodies -> join(conversationId, rows, bodies));
            });
  }

  private static List<LogRow> join(String conversationId, List<Row> rows, List<Row> bodies) {
    Map<Long, Row> bodyBySeq = new HashMap<>();
    for (Row row : bodies) {
      bodyBySeq.put(row.getLong("seq"), row);
    }
    List<LogRow> joined = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Row body = bodyBySeq.get(row.getLong("seq"));
      String json = body == null ? null : body.getString("body");
      joined.add(
          LogRow.of(
              conversationId,
              row,
              json == null ? null : Body.ofStored(json),
              body == null ? null : body.getString("removed")));
    }
    return joined;
  }
}
