package chat.jovial.mss;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which entries change an older one. A hint is there before its entry, whose group may have been
 * fenced off since: it counts only if the entry at its seq is of that kind and names that target.
 */
final class Hints {
  private final CassandraClient client;
  private final LogStatements statements;

  Hints(CassandraClient client, LogStatements statements) {
    this.client = client;
    this.statements = statements;
  }

  /** One mutation for each bucket that has targets. */
  Future<Nothing> write(IndexModifiers request) {
    Map<Long, BatchStatementBuilder> batches = new HashMap<>();
    for (Hint hint : request.hints()) {
      long bucket = Buckets.of(hint.target());
      batches
          .computeIfAbsent(bucket, b -> BatchStatement.builder(DefaultBatchType.UNLOGGED))
          .addStatement(
              statements
                  .insertHint()
                  .bind(
                      request.conversationId(),
                      bucket,
                      hint.target(),
                      hint.kind(),
                      hint.seq(),
                      request.epoch()));
    }
    List<Future<?>> writes = new ArrayList<>();
    batches.values().forEach(batch -> writes.add(client.execute(batch.build())));
    return Future.all(writes).map(Nothing.NOTHING);
  }

  /** Those of one kind for one target, lowest seq first. */
  Future<List<Hint>> of(String conversationId, long target, String kind, int limit) {
    return client
        .executeWithFullFetch(
            statements
                .hintsOfTarget()
                .bind(conversationId, Buckets.of(target), target, kind, limit))
        .map(Hints::read);
  }

  /** Those for targets in a range, by target. */
  Future<List<Hint>> in(String conversationId, long from, long to, int limit) {
    return in(conversationId, from, to, limit, new ArrayList<>());
  }

  private Future<List<Hint>> in(
      String conversationId, long from, long to, int limit, List<Hint> found) {
    if (from > to || found.size() >= limit) {
      return Future.succeededFuture(found);
    }
    long bucket = Buckets.of(from);
    return client
        .executeWithFullFetch(
            statements.hintsInRange().bind(conversationId, bucket, from, to, limit - found.size()))
        .compose(
            rows -> {
              found.addAll(read(rows));
              return in(conversationId, Buckets.lastSeq(bucket) + 1, to, limit, found);
            });
  }

  /** Whether the entry is the one that the hint speaks of. */
  static boolean isMeant(LogRow row, Hint hint) {
    Long target = row.entry().target();
    return row.seq() == hint.seq()
        && target != null
        && target == hint.target()
        && row.entry().isOf(hint.kind());
  }

  private static List<Hint> read(List<Row> rows) {
    return rows.stream()
        .map(row -> new Hint(row.getLong("target"), row.getString("kind"), row.getLong("seq")))
        .toList();
  }
}
