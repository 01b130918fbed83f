package chat.jovial.fss.chunk;

import chat.jovial.cassandra.Cql;

/** Statements of the table of chunks. */
enum ChunkStatement implements Cql {
  INSERT(
      "INSERT INTO $file_chunks (file_id, part, chunk, size, data)"
          + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP :epoch"),

  FIND(
      "SELECT data, writetime(data) AS epoch FROM $file_chunks"
          + " WHERE file_id = ? AND part = ? AND chunk = ?"),

  LIST_PART("SELECT chunk, size FROM $file_chunks WHERE file_id = ? AND part = ?"),

  DELETE_PART("DELETE FROM $file_chunks USING TIMESTAMP :epoch WHERE file_id = ? AND part = ?"),

  DELETE_FROM(
      "DELETE FROM $file_chunks USING TIMESTAMP :epoch"
          + " WHERE file_id = ? AND part = ? AND chunk >= :from_chunk");

  private final String cql;

  ChunkStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }
}
