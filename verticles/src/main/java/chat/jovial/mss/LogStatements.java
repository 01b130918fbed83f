package chat.jovial.mss;

import chat.jovial.cassandra.CassandraStore;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The prepared statements of the message tables. */
record LogStatements(
    PreparedStatement insertEntry,
    PreparedStatement insertBody,
    PreparedStatement insertBodyRow,
    PreparedStatement setExpiringBody,
    PreparedStatement markBody,
    PreparedStatement insertSend,
    PreparedStatement fenceEntries,
    PreparedStatement fenceBodies,
    PreparedStatement insertBucket,
    PreparedStatement newestBucket,
    PreparedStatement entriesUp,
    PreparedStatement entriesDown,
    PreparedStatement bodiesInRange,
    PreparedStatement storedAt,
    PreparedStatement findSend,
    PreparedStatement touch,
    PreparedStatement conversationsOfMember,
    PreparedStatement entriesAt,
    PreparedStatement bodiesAt,
    PreparedStatement bucketsDown,
    PreparedStatement insertHint,
    PreparedStatement hintsOfTarget,
    PreparedStatement hintsInRange,
    PreparedStatement headersUp,
    PreparedStatement hideInBucket,
    PreparedStatement endHidingInBucket,
    PreparedStatement noteHidden,
    PreparedStatement forgetHidden,
    PreparedStatement bodyStatesInRange,
    PreparedStatement insertSealedBody) {

  private static final String IN_BUCKET = " WHERE conversation_id = ? AND bucket = ?";
  private static final String IN_RANGE = IN_BUCKET + " AND seq >= ? AND seq <= ?";
  private static final String ENTRY_COLUMNS =
      "seq, base, kind, sender_id, device_id, client_id, sent_at, stored_at, reply_to, expires_at,"
          + " target, upto, writetime(kind) AS epoch";

  private static final List<String> CQL =
      List.of(
          "INSERT INTO $log_entries (conversation_id, bucket, seq, base, kind, sender_id, device_id,"
              + " client_id, sent_at, stored_at, reply_to, expires_at, target,"
              + " upto) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?",
          "INSERT INTO $log_bodies (conversation_id, bucket, seq, body) VALUES (?, ?, ?, ?)"
              + " USING TIMESTAMP ?",
          "INSERT INTO $log_bodies (conversation_id, bucket, seq) VALUES (?, ?, ?)"
              + " USING TIMESTAMP ?",
          "UPDATE $log_bodies USING TIMESTAMP ? AND TTL ? SET sealed = ?"
              + IN_BUCKET
              + " AND seq = ?",
          "INSERT INTO $log_bodies (conversation_id, bucket, seq, body, sealed, removed)"
              + " VALUES (?, ?, ?, null, null, ?) USING TIMESTAMP ?",
          "INSERT INTO $log_sends (conversation_id, bucket, sender_id, client_id, seq)"
              + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?",
          "DELETE FROM $log_entries USING TIMESTAMP ?" + IN_BUCKET + " AND seq >= ?",
          "DELETE FROM $log_bodies USING TIMESTAMP ?" + IN_BUCKET + " AND seq >= ?",
          "INSERT INTO $log_buckets (conversation_id, bucket, stored_at) VALUES (?, ?, ?)"
              + " USING TIMESTAMP ?",
          "SELECT bucket, stored_at, hidden FROM $log_buckets WHERE conversation_id = ? LIMIT 1",
          "SELECT " + ENTRY_COLUMNS + " FROM $log_entries" + IN_RANGE + " ORDER BY seq ASC LIMIT ?",
          "SELECT "
              + ENTRY_COLUMNS
              + " FROM $log_entries"
              + IN_RANGE
              + " ORDER BY seq DESC LIMIT ?",
          "SELECT seq, body, sealed, removed, hidden FROM $log_bodies" + IN_RANGE,
          "SELECT seq, stored_at FROM $log_entries" + IN_BUCKET + " AND seq IN ?",
          "SELECT seq FROM $log_sends" + IN_BUCKET + " AND sender_id = ? AND client_id = ?",
          "INSERT INTO $member_conversations (user_id, conversation_id, touched_at)"
              + " VALUES (?, ?, ?)",
          "SELECT conversation_id, touched_at FROM $member_conversations WHERE user_id = ?"
              + " LIMIT ?",
          "SELECT " + ENTRY_COLUMNS + " FROM $log_entries" + IN_BUCKET + " AND seq IN ?",
          "SELECT seq, body, sealed, removed, hidden FROM $log_bodies"
              + IN_BUCKET
              + " AND seq IN ?",
          "SELECT bucket, stored_at FROM $log_buckets WHERE conversation_id = ? AND bucket <= ?"
              + " LIMIT ?",
          "INSERT INTO $log_targets (conversation_id, bucket, target, kind, seq)"
              + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP ?",
          "SELECT target, kind, seq FROM $log_targets"
              + IN_BUCKET
              + " AND target = ? AND kind = ? LIMIT ?",
          "SELECT target, kind, seq FROM $log_targets"
              + IN_BUCKET
              + " AND target >= ? AND target <= ? LIMIT ?",
          "SELECT seq, kind, sender_id, expires_at FROM $log_entries"
              + IN_RANGE
              + " ORDER BY seq ASC LIMIT ?",
          "UPDATE $log_bodies USING TIMESTAMP ? SET hidden = hidden + ?" + IN_BUCKET,
          "UPDATE $log_bodies USING TIMESTAMP ? SET hidden = hidden - ?" + IN_BUCKET,
          "UPDATE $log_buckets USING TIMESTAMP ? SET hidden = hidden + ? WHERE conversation_id = ?",
          "UPDATE $log_buckets USING TIMESTAMP ? SET hidden = hidden - ? WHERE conversation_id = ?",
          "SELECT seq, removed, hidden FROM $log_bodies" + IN_RANGE,
          "INSERT INTO $log_bodies (conversation_id, bucket, seq, sealed) VALUES (?, ?, ?, ?)"
              + " USING TIMESTAMP ?");

  static Future<LogStatements> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all)
        .map(
            done -> {
              List<PreparedStatement> s = done.list();
              return new LogStatements(
                  s.get(0), s.get(1), s.get(2), s.get(3), s.get(4), s.get(5), s.get(6), s.get(7),
                  s.get(8), s.get(9), s.get(10), s.get(11), s.get(12), s.get(13), s.get(14),
                  s.get(15), s.get(16), s.get(17), s.get(18), s.get(19), s.get(20), s.get(21),
                  s.get(22), s.get(23), s.get(24), s.get(25), s.get(26), s.get(27), s.get(28),
                  s.get(29));
            });
  }
}
