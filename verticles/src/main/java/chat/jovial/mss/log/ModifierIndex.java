package chat.jovial.mss.log;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.IndexModifiers;
import chat.jovial.contract.mss.IndexModifiers.Hint;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Index of the entries that change older ones. A row is stored before its entry, whose group may
 * have been fenced off since: it counts only if the entry at its seq is of that kind and names that
 * target.
 */
public final class ModifierIndex {
  private final LogTables tables;

  public ModifierIndex(LogTables tables) {
    this.tables = tables;
  }

  /** One mutation for each bucket that has targets. */
  public Future<Nothing> write(IndexModifiers request) {
    Map<Long, BatchStatementBuilder> batches = new HashMap<>();
    for (Hint modifier : request.hints()) {
      long bucket = Buckets.of(modifier.target());
      batches
          .computeIfAbsent(bucket, b -> BatchStatement.builder(DefaultBatchType.UNLOGGED))
          .addStatement(
              tables
                  .bind(LogStatement.INSERT_MODIFIER, request.conversationId(), bucket)
                  .setLong("target", modifier.target())
                  .setString("kind", modifier.kind())
                  .setLong("seq", modifier.seq())
                  .setLong("epoch", request.epoch())
                  .build());
    }
    List<Future<?>> writes = new ArrayList<>();
    batches.values().forEach(batch -> writes.add(tables.write(batch.build())));
    return Future.all(writes).map(Nothing.NOTHING);
  }

  /** Those of one kind for one target, lowest seq first. */
  Future<List<Hint>> ofTarget(String conversationId, long target, String kind, int limit) {
    return tables
        .read(
            tables
                .bind(LogStatement.MODIFIERS_OF_TARGET, conversationId, Buckets.of(target))
                .setLong("target", target)
                .setString("kind", kind)
                .setInt("max", limit)
                .build())
        .map(ModifierIndex::parse);
  }

  /** Those for targets in a range, by target. */
  public Future<List<Hint>> inRange(String conversationId, long first, long last, int limit) {
    return inRange(conversationId, first, last, limit, new ArrayList<>());
  }

  private Future<List<Hint>> inRange(
      String conversationId, long first, long last, int limit, List<Hint> found) {
    if (first > last || found.size() >= limit) {
      return Future.succeededFuture(found);
    }
    long bucket = Buckets.of(first);
    return tables
        .read(
            tables
                .bindRange(LogStatement.MODIFIERS_IN_RANGE, conversationId, bucket, first, last)
                .setInt("max", limit - found.size())
                .build())
        .compose(
            rows -> {
              found.addAll(parse(rows));
              return inRange(conversationId, Buckets.lastSeq(bucket) + 1, last, limit, found);
            });
  }

  /** Whether the entry is the one that the row of the index names. */
  public static boolean names(Hint modifier, LogRow row) {
    Long target = row.entry().target();
    return row.seq() == modifier.seq()
        && target != null
        && target == modifier.target()
        && row.entry().isOf(modifier.kind());
  }

  private static List<Hint> parse(List<Row> rows) {
    return rows.stream()
        .map(row -> new Hint(row.getLong("target"), row.getString("kind"), row.getLong("seq")))
        .toList();
  }
}
