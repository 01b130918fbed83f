package chat.jovial.fss.store;

import chat.jovial.cassandra.Cql;

/** Statements of the table of the sizes of files. */
enum SizeStatement implements Cql {
  INSERT("INSERT INTO $file_sizes (app_id, slot, user_id, file_id, size) VALUES (?, ?, ?, ?, ?)"),

  DELETE("DELETE FROM $file_sizes WHERE app_id = ? AND slot = ? AND user_id = ? AND file_id = ?"),

  SUM_OF_USER(
      "SELECT SUM(size) AS total FROM $file_sizes"
          + " WHERE app_id = ? AND slot = ? AND user_id = ?"),

  SUM_OF_SLOT("SELECT SUM(size) AS total FROM $file_sizes WHERE app_id = ? AND slot = ?");

  private final String cql;

  SizeStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }
}
