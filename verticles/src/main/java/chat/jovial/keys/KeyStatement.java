package chat.jovial.keys;

import chat.jovial.cassandra.Cql;

/** Statements of the tables of keys. */
enum KeyStatement implements Cql {
  FIND("SELECT wrapped, master FROM $data_keys WHERE scope = ?"),

  INSERT("INSERT INTO $data_keys (scope, wrapped, master) VALUES (?, ?, ?) IF NOT EXISTS"),

  REWRAP("UPDATE $data_keys SET wrapped = ?, master = ? WHERE scope = ? IF master = :seen_master"),

  DESTROY("UPDATE $data_keys SET wrapped = null, master = null WHERE scope = ? IF EXISTS"),

  FORBID("INSERT INTO $data_keys (scope) VALUES (?) IF NOT EXISTS"),

  SCAN("SELECT scope, wrapped, master FROM $data_keys"),

  FIND_MASTERS("SELECT ids FROM $master_keys WHERE name = 'used'"),

  INSERT_MASTERS("INSERT INTO $master_keys (name, ids) VALUES ('used', ?) IF NOT EXISTS"),

  UPDATE_MASTERS("UPDATE $master_keys SET ids = ? WHERE name = 'used' IF ids = :seen_ids");

  private final String cql;

  KeyStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }
}
