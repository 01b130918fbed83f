package chat.jovial.mss.log;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.RangeCount;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hidden ranges of a log: one small write for each bucket, however many messages are in it. It is
 * in the partition of the bodies, and every read of bodies brings it with them, so there is no
 * moment between two reads in which a text could show. The conversation's own record of it, written
 * first and removed last, says to the next owner that texts may be left.
 */
public final class HiddenRanges {
  /** Buckets written at the same time. */
  private static final int PARALLEL = 16;

  /** Entries counted in one read: so few that Cassandra warns of no tombstones. */
  private static final int COUNT_STEP = 512;

  private static final int PARALLEL_COUNTS = 4;

  /** Entries counted at most, some seconds' work. */
  private static final int MAX_COUNTED = 50 * Buckets.SIZE;

  private final LogTables tables;
  private final Clock clock;

  public HiddenRanges(LogTables tables, Clock clock) {
    this.tables = tables;
    this.clock = clock;
  }

  /** Succeeds when a quorum has all of it; may be called again with the same. */
  public Future<Nothing> write(HideRange request) {
    return (request.ends() ? show(request) : hide(request)).map(Nothing.NOTHING);
  }

  private Future<?> hide(HideRange request) {
    return record(request, LogStatement.RECORD_HIDDEN)
        .compose(recorded -> writeBuckets(request, LogStatement.HIDE_IN_BUCKET));
  }

  private Future<?> show(HideRange request) {
    return writeBuckets(request, LogStatement.SHOW_IN_BUCKET)
        .compose(shown -> record(request, LogStatement.FORGET_HIDDEN));
  }

  private Future<?> record(HideRange request, LogStatement statement) {
    return tables.write(withRange(tables.bind(statement, request.conversationId()), request));
  }

  private Future<?> writeBuckets(HideRange request, LogStatement statement) {
    return writeBuckets(request, statement, Buckets.of(request.range().from()));
  }

  private Future<?> writeBuckets(HideRange request, LogStatement statement, long bucket) {
    long last = Buckets.of(request.range().upto());
    if (bucket > last) {
      return Future.succeededFuture();
    }
    long next = Math.min(last + 1, bucket + PARALLEL);
    List<Future<?>> writes = new ArrayList<>();
    for (long b = bucket; b < next; b++) {
      writes.add(
          tables.write(withRange(tables.bind(statement, request.conversationId(), b), request)));
    }
    return Future.all(writes).compose(written -> writeBuckets(request, statement, next));
  }

  private static BoundStatement withRange(BoundStatementBuilder statement, HideRange request) {
    return statement
        .setLong("epoch", request.epoch())
        .setSet("ranges", text(request.range()), String.class)
        .build();
  }

  /** Counts by headers and the states of bodies, without reading one. */
  public Future<RangeCount> count(CountRange request) {
    return count(request, request.from(), new RangeCount(0, false));
  }

  private Future<RangeCount> count(CountRange request, long from, RangeCount before) {
    if (before.messages() >= Deleted.MAX_COUNTED) {
      return Future.succeededFuture(new RangeCount(Deleted.MAX_COUNTED, true));
    }
    if (from > request.upto()) {
      return Future.succeededFuture(before);
    }
    if (from - request.from() >= MAX_COUNTED) {
      return Future.succeededFuture(new RangeCount(before.messages(), true));
    }
    List<Future<RangeCount>> parts = new ArrayList<>();
    long next = from;
    while (next <= request.upto() && parts.size() < PARALLEL_COUNTS) {
      // Steps end where buckets end.
      long last = Math.min(request.upto(), ((next - 1) / COUNT_STEP + 1) * COUNT_STEP);
      parts.add(count(request.conversationId(), next, last));
      next = last + 1;
    }
    long rest = next;
    return Future.all(parts)
        .compose(
            counted -> {
              long messages = before.messages();
              boolean any = before.any();
              for (Future<RangeCount> part : parts) {
                messages += part.result().messages();
                any |= part.result().any();
              }
              return count(request, rest, new RangeCount(messages, any));
            });
  }

  private Future<RangeCount> count(String conversationId, long from, long to) {
    long bucket = Buckets.of(from);
    Future<List<Row>> headers = tables.headers(conversationId, bucket, from, to, COUNT_STEP);
    Future<List<Row>> bodies =
        tables.read(
            tables
                .bindRange(LogStatement.BODY_STATES_IN_RANGE, conversationId, bucket, from, to)
                .build());
    return Future.all(headers, bodies)
        .map(
            read -> {
              Map<Long, Row> bodyBySeq = new HashMap<>();
              bodies.result().forEach(body -> bodyBySeq.put(body.getLong("seq"), body));
              long messages =
                  headers.result().stream()
                      .filter(header -> hasText(header, bodyBySeq.get(header.getLong("seq"))))
                      .count();
              return new RangeCount(
                  messages, headers.result().stream().anyMatch(HiddenRanges::isRemovable));
            });
  }

  private boolean hasText(Row header, @Nullable Row body) {
    Instant expiresAt = header.getInstant("expires_at");
    return Kind.MESSAGE.equals(header.getString("kind"))
        && (expiresAt == null || expiresAt.isAfter(clock.instant()))
        && body != null
        && body.isNull("removed")
        && !hide(header, body);
  }

  /** Whether an entry is in a range that is hidden, going by the body that was read for it. */
  static boolean hide(Row entry, Row body) {
    Set<String> hidden = body.getSet("hidden", String.class);
    if (hidden == null || hidden.isEmpty() || !isRemovable(entry)) {
      return false;
    }
    long seq = entry.getLong("seq");
    return read(body).stream().anyMatch(range -> range.from() <= seq && seq <= range.upto());
  }

  static List<HiddenRange> read(Row row) {
    Set<String> texts = row.getSet("hidden", String.class);
    return texts == null ? List.of() : texts.stream().map(HiddenRanges::ofText).toList();
  }

  /** Whether the deletion of a range removes the text of this entry. */
  static boolean isRemovable(Row entry) {
    String kind = entry.getString("kind");
    return Kind.MESSAGE.equals(kind) || Kind.EDIT.equals(kind);
  }

  private static Set<String> text(HiddenRange range) {
    return Set.of(range.from() + " " + range.upto() + " " + range.id());
  }

  private static HiddenRange ofText(String text) {
    String[] parts = text.split(" ", 3);
    return new HiddenRange(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2]);
  }
}
