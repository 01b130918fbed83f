package chat.jovial.fss.store;

import chat.jovial.cassandra.Cql;

/** Statements of the tables of pending work. */
enum TaskStatement implements Cql {
  INSERT_HOUR("INSERT INTO $file_todo_hours (one, hour) VALUES (1, ?)"),

  LIST_HOURS("SELECT hour FROM $file_todo_hours WHERE one = 1"),

  DELETE_HOUR("DELETE FROM $file_todo_hours WHERE one = 1 AND hour = ?"),

  INSERT("INSERT INTO $file_todo (hour, slot, file_id, app_id, sender_id) VALUES (?, ?, ?, ?, ?)"),

  LIST(
      "SELECT hour, slot, file_id, app_id, sender_id FROM $file_todo"
          + " WHERE hour = ? AND slot = ? LIMIT :max"),

  DELETE("DELETE FROM $file_todo WHERE hour = ? AND slot = ? AND file_id = ?");

  private final String cql;

  TaskStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }
}
