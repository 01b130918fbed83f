package chat.jovial.mss.log;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remover of bodies. The row stays, with a tombstone instead of the text: a row that does not exist
 * would look like one that was never stored.
 */
public final class BodyRemover {
  /** Tombstones in one mutation, and so in one step of a range. */
  private static final int MAX_TOMBSTONES = 256;

  private final LogTables tables;

  public BodyRemover(LogTables tables) {
    this.tables = tables;
  }

  /** Succeeds when a quorum has all tombstones; may be called again with the same. */
  public Future<Nothing> remove(RemoveBodies request) {
    Map<Long, BatchStatementBuilder> open = new HashMap<>();
    List<BatchStatement> batches = new ArrayList<>();
    for (long seq : request.seqs()) {
      long bucket = Buckets.of(seq);
      BatchStatementBuilder batch =
          open.computeIfAbsent(bucket, b -> BatchStatement.builder(DefaultBatchType.UNLOGGED));
      batch.addStatement(
          tombstone(
              tables,
              request.conversationId(),
              bucket,
              seq,
              request.reason(),
              request.timestamp()));
      if (batch.getStatementsCount() == MAX_TOMBSTONES) {
        batches.add(batch.build());
        open.remove(bucket);
      }
    }
    open.values().forEach(batch -> batches.add(batch.build()));
    Future<?> done = Future.succeededFuture();
    for (BatchStatement batch : batches) {
      done = done.compose(before -> tables.write(batch));
    }
    return done.map(Nothing.NOTHING);
  }

  static BoundStatement tombstone(
      LogTables tables,
      String conversationId,
      long bucket,
      long seq,
      String reason,
      long timestamp) {
    return tables
        .bind(LogStatement.INSERT_TOMBSTONE, conversationId, bucket)
        .setLong("seq", seq)
        .setString("removed", reason)
        .setLong("timestamp", timestamp)
        .build();
  }

  /** One step of a range, from its beginning; within a bucket. */
  public Future<RangeRemoved> removeNext(RemoveRange request) {
    long bucket = Buckets.of(request.from());
    long last =
        Math.min(
            Math.min(request.upto(), Buckets.lastSeq(bucket)), request.from() + MAX_TOMBSTONES - 1);
    return tables
        .headers(request.conversationId(), bucket, request.from(), last, MAX_TOMBSTONES)
        .compose(
            headers -> {
              List<Long> seqs = new ArrayList<>();
              long messages = 0;
              long lastRemoved = 0;
              for (Row header : headers) {
                if (HiddenRanges.isRemovable(header)) {
                  // Also what has a tombstone already: a previous owner's may be older than the
                  // text.
                  lastRemoved = header.getLong("seq");
                  seqs.add(lastRemoved);
                  messages += Kind.MESSAGE.equals(header.getString("kind")) ? 1 : 0;
                }
              }
              RangeRemoved step = new RangeRemoved(last + 1, messages, lastRemoved);
              return remove(
                      new RemoveBodies(
                          request.conversationId(), seqs, request.reason(), request.timestamp()))
                  .map(step);
            });
  }
}
