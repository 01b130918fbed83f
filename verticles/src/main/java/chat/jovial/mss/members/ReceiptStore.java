package chat.jovial.mss.members;

import chat.jovial.cassandra.PreparedSet;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.Receipts;
import chat.jovial.contract.mss.WriteReceipts;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;

/**
 * Table of the watermarks of a conversation's members, one partition for each conversation. Each
 * number is its own write timestamp, so Cassandra keeps the highest, by whichever owner and
 * whenever it arrives.
 */
public final class ReceiptStore {
  private static final String WRITES = "jovial.mss.receipt.writes";

  /** Members whose receipts are read. */
  private static final int MAX_MEMBERS = 256;

  private final CassandraClient client;
  private final PreparedSet<MemberStatement> statements;
  private final Counter writes;

  public ReceiptStore(
      CassandraClient client, PreparedSet<MemberStatement> statements, MeterRegistry metrics) {
    this.client = client;
    this.statements = statements;
    this.writes = metrics.counter(WRITES);
  }

  /** Without those who have acknowledged nothing. */
  public Future<Receipts> receiptsOf(String conversationId) {
    return client
        .executeWithFullFetch(
            statements
                .bind(MemberStatement.RECEIPTS_OF_CONVERSATION)
                .setString("conversation_id", conversationId)
                .setInt("max", MAX_MEMBERS)
                .build())
        .map(
            rows ->
                new Receipts(
                    rows.stream()
                        .map(
                            row ->
                                // A number that was never written is null, and read as 0.
                                Receipt.none(row.getString("user_id"))
                                    .with(row.getLong("delivered_upto"), row.getLong("read_upto")))
                        .toList()));
  }

  /** Succeeds when a quorum has them; one mutation. */
  public Future<Nothing> write(WriteReceipts request) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (Receipt receipt : request.receipts()) {
      add(batch, MemberStatement.SET_DELIVERED, request, receipt, receipt.deliveredUpto());
      add(batch, MemberStatement.SET_READ, request, receipt, receipt.readUpto());
    }
    writes.increment();
    return client.execute(batch.build()).map(Nothing.NOTHING);
  }

  private void add(
      BatchStatementBuilder batch,
      MemberStatement statement,
      WriteReceipts request,
      Receipt receipt,
      long watermark) {
    if (watermark > 0) {
      batch.addStatement(
          statements
              .bind(statement)
              .setLong("timestamp", watermark)
              .setLong("watermark", watermark)
              .setString("conversation_id", request.conversationId())
              .setString("user_id", receipt.userId())
              .build());
    }
  }
}
