package chat.jovial.mss.log;

import chat.jovial.cassandra.Cql;

/**
 * Statements of the message tables. A marker has the name of its column, or says what of it is
 * meant.
 */
public enum LogStatement implements Cql {
  INSERT_ENTRY(
      insert(
          "log_entries",
          "conversation_id",
          "bucket",
          "seq",
          "base",
          "kind",
          "sender_id",
          "device_id",
          "client_id",
          "sent_at",
          "stored_at",
          "reply_to",
          "expires_at",
          "target",
          "upto")),
  INSERT_BODY(insert("log_bodies", "conversation_id", "bucket", "seq", "body")),
  INSERT_SEALED_BODY(insert("log_bodies", "conversation_id", "bucket", "seq", "sealed")),
  INSERT_BODY_ROW(insert("log_bodies", "conversation_id", "bucket", "seq")),
  SET_EXPIRING_BODY(
      "UPDATE $log_bodies USING TIMESTAMP :epoch AND TTL :seconds_left SET sealed = :sealed"
          + Part.IN_BUCKET
          + " AND seq = :seq"),
  INSERT_TOMBSTONE(
      "INSERT INTO $log_bodies (conversation_id, bucket, seq, body, sealed, removed)"
          + " VALUES (:conversation_id, :bucket, :seq, null, null, :removed)"
          + " USING TIMESTAMP :timestamp"),
  INSERT_SEND(insert("log_sends", "conversation_id", "bucket", "sender_id", "client_id", "seq")),
  INSERT_BUCKET(insert("log_buckets", "conversation_id", "bucket", "stored_at")),
  INSERT_MODIFIER(insert("log_targets", "conversation_id", "bucket", "target", "kind", "seq")),
  FENCE_ENTRIES(
      "DELETE FROM $log_entries USING TIMESTAMP :timestamp"
          + Part.IN_BUCKET
          + " AND seq >= :first"),
  FENCE_BODIES(
      "DELETE FROM $log_bodies USING TIMESTAMP :timestamp" + Part.IN_BUCKET + " AND seq >= :first"),
  HIDE_IN_BUCKET(
      "UPDATE $log_bodies USING TIMESTAMP :epoch SET hidden = hidden + :ranges" + Part.IN_BUCKET),
  SHOW_IN_BUCKET(
      "UPDATE $log_bodies USING TIMESTAMP :epoch SET hidden = hidden - :ranges" + Part.IN_BUCKET),
  RECORD_HIDDEN(
      "UPDATE $log_buckets USING TIMESTAMP :epoch SET hidden = hidden + :ranges" + Part.OF_LOG),
  FORGET_HIDDEN(
      "UPDATE $log_buckets USING TIMESTAMP :epoch SET hidden = hidden - :ranges" + Part.OF_LOG),
  NEWEST_BUCKET("SELECT bucket, stored_at, hidden FROM $log_buckets" + Part.OF_LOG + " LIMIT 1"),
  BUCKETS_DESCENDING(
      "SELECT bucket, stored_at FROM $log_buckets"
          + Part.OF_LOG
          + " AND bucket <= :first"
          + Part.LIMIT),
  ENTRIES_ASCENDING(
      Part.SELECT_ENTRIES + Part.IN_BUCKET + Part.IN_RANGE + " ORDER BY seq ASC" + Part.LIMIT),
  ENTRIES_DESCENDING(
      Part.SELECT_ENTRIES + Part.IN_BUCKET + Part.IN_RANGE + " ORDER BY seq DESC" + Part.LIMIT),
  ENTRIES_AT(Part.SELECT_ENTRIES + Part.IN_BUCKET + " AND seq IN :seqs"),
  HEADERS_ASCENDING(
      "SELECT seq, kind, sender_id, expires_at FROM $log_entries"
          + Part.IN_BUCKET
          + Part.IN_RANGE
          + " ORDER BY seq ASC"
          + Part.LIMIT),
  TIMES_AT("SELECT seq, stored_at FROM $log_entries" + Part.IN_BUCKET + " AND seq IN :seqs"),
  BODIES_IN_RANGE(Part.SELECT_BODIES + Part.IN_BUCKET + Part.IN_RANGE),
  BODIES_AT(Part.SELECT_BODIES + Part.IN_BUCKET + " AND seq IN :seqs"),
  BODY_STATES_IN_RANGE(
      "SELECT seq, removed, hidden FROM $log_bodies" + Part.IN_BUCKET + Part.IN_RANGE),
  FIND_SEND(
      "SELECT seq FROM $log_sends"
          + Part.IN_BUCKET
          + " AND sender_id = :sender_id AND client_id = :client_id"),
  MODIFIERS_OF_TARGET(
      Part.SELECT_MODIFIERS
          + Part.IN_BUCKET
          + " AND target = :target AND kind = :kind"
          + Part.LIMIT),
  MODIFIERS_IN_RANGE(
      Part.SELECT_MODIFIERS
          + Part.IN_BUCKET
          + " AND target >= :first AND target <= :last"
          + Part.LIMIT);

  private final String cql;

  LogStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }

  /** A column that is left unset is not written; the timestamp is the owner's epoch. */
  private static String insert(String table, String... columns) {
    return "INSERT INTO $%s (%s) VALUES (:%s) USING TIMESTAMP :epoch"
        .formatted(table, String.join(", ", columns), String.join(", :", columns));
  }

  /** What statements have in common. */
  private static final class Part {
    static final String OF_LOG = " WHERE conversation_id = :conversation_id";
    static final String IN_BUCKET = OF_LOG + " AND bucket = :bucket";
    static final String IN_RANGE = " AND seq >= :first AND seq <= :last";
    static final String LIMIT = " LIMIT :max";
    static final String SELECT_ENTRIES =
        "SELECT seq, base, kind, sender_id, device_id, client_id, sent_at, stored_at, reply_to,"
            + " expires_at, target, upto, writetime(kind) AS epoch FROM $log_entries";
    static final String SELECT_BODIES =
        "SELECT seq, body, sealed, removed, hidden FROM $log_bodies";
    static final String SELECT_MODIFIERS = "SELECT target, kind, seq FROM $log_targets";

    private Part() {}
  }
}
