package chat.jovial.mss;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
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
  /** Marks in one mutation. */
  private static final int MAX_MARKS = 256;

  /** Entries read and marked in one step of a range; each body may have 128 KiB. */
  private static final int STEP = 128;

  private final CassandraClient client;
  private final LogStatements statements;
  private final LogReader reader;

  BodyRemover(CassandraClient client, LogStatements statements, LogReader reader) {
    this.client = client;
    this.statements = statements;
    this.reader = reader;
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

  /** One step of a range, from its beginning. */
  Future<RangeRemoved> removeNext(RemoveRange request) {
    int entries = (int) Math.min(STEP, request.upto() - request.from() + 1);
    return reader
        .up(request.conversationId(), request.from(), entries)
        .compose(
            rows -> {
              List<Long> seqs = new ArrayList<>();
              long messages = 0;
              long lastRemoved = 0;
              long next = request.upto() + 1;
              for (LogRow row : rows) {
                Entry entry = row.entry();
                next = entry.seq() + 1;
                if (entry.isOf(Kind.MESSAGE) || entry.isOf(Kind.EDIT)) {
                  // Also what bears a mark already: a former owner's may be older than the text.
                  seqs.add(entry.seq());
                  lastRemoved = entry.seq();
                  messages += entry.isOf(Kind.MESSAGE) && entry.body() != null ? 1 : 0;
                }
              }
              RangeRemoved step = new RangeRemoved(next, messages, lastRemoved);
              return remove(
                      new RemoveBodies(
                          request.conversationId(), seqs, request.reason(), request.timestamp()))
                  .map(step);
            });
  }
}
