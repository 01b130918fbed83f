package chat.jovial.mss.log;

import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.HiddenRange;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
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
 * Reader of ranges of a log, at quorum. Knows buckets, but nothing of members or committed seqs.
 */
public final class LogReader {
  /** Rows of the index in one read: those of four million entries. */
  private static final int MAX_BUCKETS_AT_ONCE = 1000;

  /** Rows in one read of a bucket for a time: three such reads find it among 4,096. */
  private static final int PROBES = 15;

  private final LogTables tables;
  private final BodyJoiner joiner;

  /** Whether entries are read with their bodies: without is half the work. */
  private enum Bodies {
    READ,
    SKIP
  }

  /**
   * @param cipher opens the bodies
   */
  public LogReader(LogTables tables, BodyCipher cipher) {
    this.tables = tables;
    this.joiner = new BodyJoiner(cipher);
  }

  /** The newest bucket that was opened, and when. */
  record NewestBucket(long bucket, Instant openedAt, List<HiddenRange> hidden) {}

  Future<Optional<NewestBucket>> newestBucket(String conversationId) {
    return tables
        .read(tables.bind(LogStatement.NEWEST_BUCKET, conversationId).build())
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            new NewestBucket(
                                row.getLong("bucket"),
                                row.getInstant("stored_at"),
                                HiddenRanges.read(row))));
  }

  /** Up to {@code limit} entries of {@code from} and above, lowest first, with bodies. */
  public Future<List<LogRow>> readAscending(String conversationId, long from, int limit) {
    return readAscending(conversationId, from, limit, new ArrayList<>());
  }

  private Future<List<LogRow>> readAscending(
      String conversationId, long from, int limit, List<LogRow> found) {
    long bucket = Buckets.of(from);
    long last = Buckets.lastSeq(bucket);
    int missing = limit - found.size();
    return readBucket(
            bindEntries(
                LogStatement.ENTRIES_ASCENDING, conversationId, bucket, from, last, missing),
            conversationId,
            bucket,
            Bodies.READ)
        .compose(
            rows -> {
              found.addAll(rows);
              // Numbers are contiguous: where a bucket is not full, the log ends.
              boolean full = !rows.isEmpty() && rows.get(rows.size() - 1).seq() == last;
              return full && found.size() < limit
                  ? readAscending(conversationId, last + 1, limit, found)
                  : Future.succeededFuture(found);
            });
  }

  /** Up to {@code limit} entries of {@code from} and below, highest first, with bodies. */
  public Future<List<LogRow>> readDescending(String conversationId, long from, int limit) {
    return readDescending(conversationId, from, limit, Bodies.READ, new ArrayList<>());
  }

  /** The same without their bodies: half the work where only ids and numbers are wanted. */
  public Future<List<LogRow>> readHeadersDescending(String conversationId, long from, int limit) {
    return readDescending(conversationId, from, limit, Bodies.SKIP, new ArrayList<>());
  }

  private Future<List<LogRow>> readDescending(
      String conversationId, long from, int limit, Bodies bodies, List<LogRow> found) {
    if (from < 1 || found.size() >= limit) {
      return Future.succeededFuture(found);
    }
    long bucket = Buckets.of(from);
    int missing = limit - found.size();
    return readBucket(
            bindEntries(
                LogStatement.ENTRIES_DESCENDING,
                conversationId,
                bucket,
                Buckets.firstSeq(bucket),
                from,
                missing),
            conversationId,
            bucket,
            bodies)
        .compose(
            rows -> {
              found.addAll(rows);
              return readDescending(
                  conversationId, Buckets.firstSeq(bucket) - 1, limit, bodies, found);
            });
  }

  /** The newest entries, highest first. */
  Future<List<LogRow>> readNewest(String conversationId, int limit) {
    return newestBucket(conversationId)
        .compose(
            newest ->
                newest
                    .map(n -> readDescending(conversationId, Buckets.lastSeq(n.bucket()), limit))
                    .orElseGet(() -> Future.succeededFuture(List.of())));
  }

  /** Those of the entries that exist, lowest first, with bodies; from anywhere in the log. */
  public Future<List<LogRow>> readAt(String conversationId, Collection<Long> seqs) {
    return readAt(conversationId, seqs, Bodies.READ);
  }

  /** The same without their bodies. */
  Future<List<LogRow>> readHeadersAt(String conversationId, Collection<Long> seqs) {
    return readAt(conversationId, seqs, Bodies.SKIP);
  }

  private Future<List<LogRow>> readAt(String conversationId, Collection<Long> seqs, Bodies wanted) {
    TreeMap<Long, List<Long>> seqsByBucket = new TreeMap<>();
    for (long seq : new TreeSet<>(seqs)) {
      seqsByBucket.computeIfAbsent(Buckets.of(seq), bucket -> new ArrayList<>()).add(seq);
    }
    Future<List<LogRow>> found = Future.succeededFuture(new ArrayList<>());
    for (Map.Entry<Long, List<Long>> bucket : seqsByBucket.entrySet()) {
      found =
          found.compose(
              rows -> readAt(conversationId, bucket.getKey(), bucket.getValue(), wanted, rows));
    }
    return found;
  }

  private Future<List<LogRow>> readAt(
      String conversationId, long bucket, List<Long> seqs, Bodies wanted, List<LogRow> found) {
    Future<List<Row>> entries =
        tables.read(bindAt(LogStatement.ENTRIES_AT, conversationId, bucket, seqs));
    Future<List<Row>> bodies =
        wanted == Bodies.SKIP
            ? Future.succeededFuture(List.of())
            : tables.read(bindAt(LogStatement.BODIES_AT, conversationId, bucket, seqs));
    return Future.all(entries, bodies)
        .compose(both -> joiner.join(conversationId, entries.result(), bodies.result()))
        .map(
            joined -> {
              found.addAll(joined);
              return found;
            });
  }

  /**
   * The lowest seq up to {@code end} that was stored at or after a time, or {@code end + 1}. Times
   * do not decrease along a log: the index says in which bucket it is, and there a few rows at a
   * time close in on it. Costs the same few reads whatever the age of the log.
   */
  public Future<Long> seqAt(String conversationId, Instant time, long end) {
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
    return tables
        .read(
            tables
                .bind(LogStatement.BUCKETS_DESCENDING, conversationId)
                .setLong("first", from)
                .setInt("max", MAX_BUCKETS_AT_ONCE)
                .build())
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
    return tables
        .read(bindAt(LogStatement.TIMES_AT, conversationId, Buckets.of(low), probes))
        .compose(
            rows -> {
              // What does not exist is beyond the end, so it is not earlier.
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

  private Future<List<LogRow>> readBucket(
      BoundStatement entries, String conversationId, long bucket, Bodies wanted) {
    return tables
        .read(entries)
        .compose(
            rows -> {
              if (rows.isEmpty() || wanted == Bodies.SKIP) {
                return joiner.join(conversationId, rows, List.of());
              }
              long one = rows.get(0).getLong("seq");
              long other = rows.get(rows.size() - 1).getLong("seq");
              return tables
                  .read(
                      tables
                          .bindRange(
                              LogStatement.BODIES_IN_RANGE,
                              conversationId,
                              bucket,
                              Math.min(one, other),
                              Math.max(one, other))
                          .build())
                  .compose(bodies -> joiner.join(conversationId, rows, bodies));
            });
  }

  private BoundStatement bindEntries(
      LogStatement statement, String conversationId, long bucket, long first, long last, int max) {
    return tables
        .bindRange(statement, conversationId, bucket, first, last)
        .setInt("max", max)
        .build();
  }

  private BoundStatement bindAt(
      LogStatement statement, String conversationId, long bucket, List<Long> seqs) {
    return tables.bind(statement, conversationId, bucket).setList("seqs", seqs, Long.class).build();
  }
}
