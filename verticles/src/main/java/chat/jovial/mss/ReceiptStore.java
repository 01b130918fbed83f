package chat.jovial.mss;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mss.Receipts;
import chat.jovial.contract.mss.WriteReceipts;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;

/**
 * The watermarks of a conversation's members, one partition for each conversation. Each number is
 * its own write timestamp, so Cassandra keeps the highest, whoever wrote it and whenever it
 * arrives.
 */
final class ReceiptStore {
  private static final String WRITES = "jovial.mss.receipt.writes";

  /** Members whose receipts are read. */
  private static final int MAX_MEMBERS = 256;

  private final CassandraClient client;
  private final PreparedStatement select;
  private final PreparedStatement setDelivered;
  private final PreparedStatement setRead;
  private final Counter writes;

  private ReceiptStore(
      CassandraClient client,
      PreparedStatement select,
      PreparedStatement setDelivered,
      PreparedStatement setRead,
      Counter writes) {
    this.client = client;
    this.select = select;
    this.setDelivered = setDelivered;
    this.setRead = setRead;
    this.writes = writes;
  }

  static Future<ReceiptStore> prepare(CassandraStore store, MeterRegistry metrics) {
    String where = " WHERE conversation_id = ? AND user_id = ?";
    return Future.all(
            store.prepare(
                "SELECT user_id, delivered_upto, read_upto FROM $receipts"
                    + " WHERE conversation_id = ? LIMIT "
                    + MAX_MEMBERS),
            store.prepare("UPDATE $receipts USING TIMESTAMP ? SET delivered_upto = ?" + where),
            store.prepare("UPDATE $receipts USING TIMESTAMP ? SET read_upto = ?" + where))
        .map(
            all ->
                new ReceiptStore(
                    store.client(),
                    all.resultAt(0),
                    all.resultAt(1),
                    all.resultAt(2),
                    metrics.counter(WRITES)));
  }

  /** Who has acknowledged nothing is missing. */
  Future<Receipts> of(String conversationId) {
    return client
        .executeWithFullFetch(select.bind(conversationId))
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
  Future<Nothing> write(WriteReceipts request) {
    BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
    for (Receipt receipt : request.receipts()) {
      add(batch, setDelivered, request, receipt, receipt.deliveredUpto());
      add(batch, setRead, request, receipt, receipt.readUpto());
    }
    writes.increment();
    return client.execute(batch.build()).map(Nothing.NOTHING);
  }

  private static void add(
      BatchStatementBuilder batch,
      PreparedStatement set,
      WriteReceipts request,
      Receipt receipt,
      long watermark) {
    if (watermark > 0) {
      batch.addStatement(
          set.bind(watermark, watermark, request.conversationId(), receipt.userId()));
    }
  }
}
