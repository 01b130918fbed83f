package chat.jovial.mss;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.HiddenRange;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.RangeCount;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
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
 * Hides ranges of a log: one small write for each bucket, however many messages are in it. It
 * stands in the partition of the bodies, and every read of bodies brings it with them, so there is
 * no moment between two reads in which a text could show. The conversation's own note of it,
 * written first and taken away last, tells the next owner that texts may be left.
 */
final class HiddenRanges {
  /** Buckets written at the same time. */
  private static final int PARALLEL = 16;

  /** Entries looked at in one read for a count: so few that Cassandra warns of no tombstones. */
  private static final int COUNT_STEP = 512;

  private static final int PARALLEL_COUNTS = 4;

  /** Entries looked at for a count, some seconds' work. */
  private static final int MAX_LOOKED_AT = 50 * Buckets.SIZE;

  private final CassandraClient client;
  private final LogStatements statements;
  private final Clock clock;

  HiddenRanges(CassandraClient client, LogStatements statements, Clock clock) {
    this.client = client;
    this.statements = statements;
    this.clock = clock;
  }

  /** Succeeds when a quorum has all of it; may be called again with the same. */
  Future<Nothing> write(HideRange request) {
    long first = Buckets.of(request.range().from());
    long last = Buckets.of(request.range().upto());
    Future<?> done =
        request.ends()
            ? buckets(request, statements.endHidingInBucket(), first, last)
                .compose(ended -> note(request, statements.forgetHidden()))
            : note(request, statements.noteHidden())
                .compose(noted -> buckets(request, statements.hideInBucket(), first, last));
    return done.map(Nothing.NOTHING);
  }

  private Future<?> note(HideRange request, PreparedStatement statement) {
    return client.execute(
        statement.bind(request.epoch(), text(request.range()), request.conversationId()));
  }

  private Future<?> buckets(
      HideRange request, PreparedStatement statement, long bucket, long last) {
    if (bucket > last) {
      return Future.succeededFuture();
    }
    long next = Math.min(last + 1, bucket + PARALLEL);
    List<Future<?>> writes = new ArrayList<>();
    for (long b = bucket; b < next; b++) {
      writes.add(
          client.execute(
              statement.bind(request.epoch(), text(request.range()), request.conversationId(), b)));
    }
    return Future.all(writes).compose(written -> buckets(request, statement, next, last));
  }

  /** Looks at headers and at what became of bodies, without reading one. */
  Future<RangeCount> count(CountRange request) {
    return count(request, request.from(), new RangeCount(0, false));
  }

  private Future<RangeCount> count(CountRange request, long from, RangeCount before) {
    if (before.messages() >= Deleted.MAX_COUNTED) {
      return Future.succeededFuture(new RangeCount(Deleted.MAX_COUNTED, true));
    }
    if (from > request.upto()) {
      return Future.succeededFuture(before);
    }
    if (from - request.from() >= MAX_LOOKED_AT) {
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
    Future<List<Row>> headers =
        client.executeWithFullFetch(
            statements.headersUp().bind(conversationId, bucket, from, to, COUNT_STEP));
    Future<List<Row>> bodies =
        client.executeWithFullFetch(
            statements.bodyStatesInRange().bind(conversationId, bucket, from, to));
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

  /** Whether what deletes a range takes the text of this entry. */
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
