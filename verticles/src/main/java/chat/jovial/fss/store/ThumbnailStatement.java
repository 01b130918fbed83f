package chat.jovial.fss.store;

import chat.jovial.cassandra.Cql;

/** Statements of the table of previews. */
enum ThumbnailStatement implements Cql {
  FIND("SELECT data FROM $file_thumbnails WHERE file_id = ?"),

  INSERT("INSERT INTO $file_thumbnails (file_id, data) VALUES (?, ?) USING TIMESTAMP :epoch"),

  DELETE("DELETE FROM $file_thumbnails USING TIMESTAMP :epoch WHERE file_id = ?");

  private final String cql;

  ThumbnailStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }
}
