package chat.jovial.mss;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
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
 * Takes bodies away. The row stays, with a mark in the place of the text: a row that is not there
 * at all would look like one that was never stored.
 */
final class BodyRemover {
  /** Marks in one mutation, and so in one step of a range. */
  private static final int MAX_MARKS = 256;

  private final CassandraClient client;
  private final LogStatements statements;

  BodyRemover(CassandraClient client, LogStatements statements) {
    this.client = client;
    this.statements = statements;
  }

  /** Succeeds when a quorum has all marks; may be called again with the same. */
  Future<Nothing> remove(RemoveBodies request) {
    Map<Long, BatchStatementBuilder> open = new HashMap<>();
    List<BatchStatement> batches = new ArrayList<>();
    for (long seq : request.seqs()) {
      long bucket = Buckets.of(seq);
      BatchStatementBuilder batch =
          open.computeIfAbsent(bucket, b -> BatchStatement.builder(DefaultBatchType.UNLOGGED));
      batch.addStatement(
          statements
              .markBody()
              .bind(request.conversationId(), bucket, seq, request.reason(), request.timestamp()));
      if (batch.getStatementsCount() == MAX_MARKS) {
        batches.add(batch.build());
        open.remove(bucket);
      }
    }
    open.values().forEach(batch -> batches.add(batch.build()));
    Future<?> done = Future.succeededFuture();
    for (BatchStatement batch : batches) {
      done = done.compose(before -> client.execute(batch));
    }
    return done.map(Nothing.NOTHING);
  }

  /** One step of a range, from its beginning; within a bucket. */
  Future<RangeRemoved> removeNext(RemoveRange request) {
    long bucket = Buckets.of(request.from());
    long last =
        Math.min(Math.min(request.upto(), Buckets.lastSeq(bucket)), request.from() + MAX_MARKS - 1);
    return client
        .executeWithFullFetch(
            statements
                .headersUp()
                .bind(request.conversationId(), bucket, request.from(), last, MAX_MARKS))
        .compose(
            headers -> {
              List<Long> seqs = new ArrayList<>();
              long messages = 0;
              long lastRemoved = 0;
              for (Row header : headers) {
                if (HiddenRanges.isRemovable(header)) {
                  // Also what bears a mark already: a former owner's may be older than the text.
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
