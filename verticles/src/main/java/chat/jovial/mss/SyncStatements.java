package chat.jovial.mss;

import chat.jovial.cassandra.CassandraStore;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vertx.core.Future;

/** The prepared statements that only {@code mss.sync} needs. */
record SyncStatements(PreparedStatement receipts, PreparedStatement headers) {

  static Future<SyncStatements> prepare(CassandraStore store) {
    Future<PreparedStatement> receipts =
        store.prepare(
            "SELECT user_id, delivered_upto, read_upto FROM $receipts WHERE conversation_id = ?"
                + " LIMIT ?");
    Future<PreparedStatement> headers =
        store.prepare(
            "SELECT seq, kind, sender_id FROM $log_entries WHERE conversation_id = ? AND bucket = ?"
                + " AND seq >= ? AND seq <= ? ORDER BY seq ASC LIMIT ?");
    return Future.all(receipts, headers)
        .map(both -> new SyncStatements(receipts.result(), headers.result()));
  }
}
