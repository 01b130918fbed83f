package chat.jovial.mss;

import chat.jovial.contract.mds.Receipt;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;

/** Reads how far the members of a conversation have it; its owner writes that. */
final class ReceiptReader {
  /** Members whose receipts are read. */
  private static final int MAX_MEMBERS = 256;

  private final CassandraClient client;
  private final SyncStatements statements;

  ReceiptReader(CassandraClient client, SyncStatements statements) {
    this.client = client;
    this.statements = statements;
  }

  /** By user; who has acknowledged nothing is missing. */
  Future<Map<String, Receipt>> of(String conversationId) {
    return client
        .executeWithFullFetch(statements.receipts().bind(conversationId, MAX_MEMBERS))
        .map(
            rows -> {
              Map<String, Receipt> byUser = new HashMap<>();
              for (Row row : rows) {
                Receipt receipt = receipt(row);
                byUser.put(receipt.userId(), receipt);
              }
              return byUser;
            });
  }

  /** What was read was delivered, also where only one of the two was written so far. */
  private static Receipt receipt(Row row) {
    long read = row.isNull("read_upto") ? 0 : row.getLong("read_upto");
    long delivered = row.isNull("delivered_upto") ? 0 : row.getLong("delivered_upto");
    return new Receipt(row.getString("user_id"), Math.max(delivered, read), read);
  }
}
