package chat.jovial.fss.store;

import chat.jovial.cassandra.Cql;

/** Statements of the table of files. */
enum FileStatement implements Cql {
  FIND(
      "SELECT file_id, app_id, sender_id, conversation_id, name, mime_type, length, state, epoch,"
          + " created_at, touched_at, size, sha256, width, height, sealed_name, sealed_sha256 FROM $files WHERE file_id = ?"),

  INSERT(
      "INSERT INTO $files (file_id, app_id, sender_id, conversation_id, sealed_name, mime_type, length,"
          + " state, epoch, created_at, touched_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS"),

  ACQUIRE(
      "UPDATE $files SET epoch = ?, touched_at = ? WHERE file_id = ?"
          + " IF state = :seen_state AND epoch = :seen_epoch"),

  SET_LENGTH(
      "UPDATE $files SET length = ? WHERE file_id = ? IF state = :seen_state AND length = null"),

  COMPLETE(
      "UPDATE $files SET state = ?, touched_at = ?, size = ?, sealed_sha256 = ?, mime_type = ?,"
          + " width = ?, height = ? WHERE file_id = ? IF state = :seen_state AND epoch = :seen_epoch"),

  CHANGE(
      "UPDATE $files SET state = ?, touched_at = ? WHERE file_id = ?"
          + " IF state = :seen_state AND epoch = :seen_epoch"),

  DELETE("DELETE FROM $files WHERE file_id = ? IF state = :seen_state");

  private final String cql;

  FileStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }
}
