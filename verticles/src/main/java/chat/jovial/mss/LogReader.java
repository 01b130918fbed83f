package chat.jovial.mss;

import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.HiddenRange;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads stretches of a log, at quorum. Knows buckets, but nothing of members or acknowledged ends.
 */
final class LogReader {
  /** Rows of the index in one read: those of four million entries. */
  private static final int MAX_BUCKETS_AT_ONCE = 1000;

  /** Rows in one read of a bucket for a time: three such reads find it among 4,096. */
  private static final int PROBES = 15;

  private final CassandraClient client;
  private final LogStatements statements;
  private final BodyOpener opener;

  /**
   * @param opener what reads the bodies
   */
  LogReader(CassandraClient client, LogStatements statements, BodyOpener opener) {
    this.client = client;
    this.statements = statements;
    this.opener = opener;
  }

  /** The newest bucket that was opened, and when. */
  record NewestBucket(long bucket, Instant openedAt, List<HiddenRange> hidden) {}

  Future<Optional<NewestBucket>> newestBucket(String conversationId) {
    return client
        .executeWithFullFetch(statements.newestBucket().bind(conversationId))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            new NewestBucket(
                                row.getLong(0), row.getInstant(1), HiddenRanges.read(row))));
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

  /** Those of the entries that there are, lowest first, with bodies; from anywhere in the log. */
  Future<List<LogRow>> at(String conversationId, Collection<Long> seqs) {
    TreeMap<Long, List<Long>> seqsByBucket = new TreeMap<>();
    for (long seq : new TreeSet<>(seqs)) {
      seqsByBucket.computeIfAbsent(Buckets.of(seq), bucket -> new ArrayList<>()).add(seq);
    }
    Future<List<LogRow>> found = Future.succeededFuture(new ArrayList<>());
    for (Map.Entry<Long, List<Long>> bucket : seqsByBucket.entrySet()) {
      found = found.compose(rows -> at(conversationId, bucket.getKey(), bucket.getValue(), rows));
    }
    return found;
  }

  private Future<List<LogRow>> at(
      String conversationId, long bucket, List<Long> seqs, List<LogRow> found) {
    Future<List<Row>> entries =
        client.executeWithFullFetch(statements.entriesAt().bind(conversationId, bucket, seqs));
    Future<List<Row>> bodies =
        client.executeWithFullFetch(statements.bodiesAt().bind(conversationId, bucket, seqs));
    return Future.all(entries, bodies)
        .compose(both -> opener.join(conversationId, entries.result(), bodies.result()))
        .map(
            joined -> {
              found.addAll(joined);
              return found;
            });
  }

  /**
   * The lowest seq up to {@code end} that was stored at or after a time, or {@code end + 1}. Times
   * do not decrease along a log: the index tells in which bucket it is, and there a few rows at a
   * time close in on it. Costs the same few reads whatever the age of the log.
   */
  Future<Long> seqAt(String conversationId, Instant time, long end) {
    if (end < 1) {
      return Future.succeededFuture(1L);
    }
    return bucketBefore(conversationId, time, Buckets.of(end))
        .compose(
            bucket ->
                bucket < 0
                    ? Future.succeededFuture(1L)
                    : closeIn(
                        conversationId,
                        time,
                        Buckets.firstSeq(bucket),
                        Math.min(end, Buckets.lastSeq(bucket)) + 1));
  }

  /** The newest bucket up to {@code from} that was opened before the time; -1 if there is none. */
  private Future<Long> bucketBefore(String conversationId, Instant time, long from) {
    return client
        .executeWithFullFetch(
            statements.bucketsDown().bind(conversationId, from, MAX_BUCKETS_AT_ONCE))
        .compose(
            rows -> {
              for (Row row : rows) {
                if (row.getInstant("stored_at").isBefore(time)) {
                  return Future.succeededFuture(row.getLong("bucket"));
                }
              }
              return rows.size() < MAX_BUCKETS_AT_ONCE
                  ? Future.succeededFuture(-1L)
                  : bucketBefore(
                      conversationId, time, rows.get(rows.size() - 1).getLong("bucket") - 1);
            });
  }

  /** Within one bucket; the answer is from {@code low} to {@code high}. */
  private Future<Long> closeIn(String conversationId, Instant time, long low, long high) {
    if (low >= high) {
      return Future.succeededFuture(low);
    }
    List<Long> probes = new ArrayList<>();
    long step = (high - low + PROBES) / (PROBES + 1);
    for (long seq = low + step - 1; seq < high; seq += step) {
      probes.add(seq);
    }
    return client
        .executeWithFullFetch(statements.storedAt().bind(conversationId, Buckets.of(low), probes))
        .compose(
            rows -> {
              // What is not there is beyond the end, so it is not earlier.
              long lastEarlier =
                  rows.stream()
                      .filter(row -> row.getInstant("stored_at").isBefore(time))
                      .mapToLong(row -> row.getLong("seq"))
                      .max()
                      .orElse(low - 1);
              long firstOther =
                  probes.stream().filter(seq -> seq > lastEarlier).findFirst().orElse(high);
              return closeIn(conversationId, time, lastEarlier + 1, firstOther);
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
                return opener.join(conversationId, rows, List.of());
              }
              long one = rows.get(0).getLong("seq");
              long other = rows.get(rows.size() - 1).getLong("seq");
              return client
                  .executeWithFullFetch(
                      statements
                          .bodiesInRange()
                          .bind(conversationId, bucket, Math.min(one, other), Math.max(one, other)))
                  .compose(bodies -> opener.join(conversationId, rows, bodies));
            });
  }
}
