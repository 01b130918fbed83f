package chat.jovial.keys;

import chat.jovial.cassandra.CassandraStore;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wrapped data keys. A key is made once, by whoever is first, and destroyed once: its row stays
 * without the key, so that it is never made anew.
 */
final class KeyTable {
  private static final List<String> CQL =
      List.of(
          "SELECT wrapped, master FROM $data_keys WHERE scope = ?",
          "INSERT INTO $data_keys (scope, wrapped, master) VALUES (?, ?, ?) IF NOT EXISTS",
          "UPDATE $data_keys SET wrapped = ?, master = ? WHERE scope = ? IF master = ?",
          "UPDATE $data_keys SET wrapped = null, master = null WHERE scope = ? IF EXISTS",
          "INSERT INTO $data_keys (scope) VALUES (?) IF NOT EXISTS");

  private final CassandraClient client;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement rewrap;
  private final PreparedStatement destroy;
  private final PreparedStatement forbid;

  /** A row; without a key if that was destroyed. */
  record Wrapped(byte[] key, String master) {}

  /** What is known of a scope. */
  record Found(Optional<Wrapped> key) {
    boolean isDestroyed() {
      return key.isEmpty();
    }
  }

  private KeyTable(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.select = s.get(0);
    this.insert = s.get(1);
    this.rewrap = s.get(2);
    this.destroy = s.get(3);
    this.forbid = s.get(4);
  }

  static Future<KeyTable> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new KeyTable(store.client(), done.list()));
  }

  Future<Optional<Found>> find(KeyScope scope) {
    return client
        .executeWithFullFetch(select.bind(scope.text()))
        .map(rows -> rows.stream().findFirst().map(KeyTable::found));
  }

  /** False if somebody else has made one, or it was destroyed: look again. */
  Future<Boolean> insert(KeyScope scope, Wrapped key) {
    return client
        .execute(
            insert
                .bind(scope.text(), ByteBuffer.wrap(key.key()), key.master())
                .setIdempotent(false))
        .map(result -> result.wasApplied());
  }

  /** False if it was wrapped anew, or destroyed, meanwhile. */
  Future<Boolean> rewrap(KeyScope scope, Wrapped anew, String before) {
    return client
        .execute(
            rewrap
                .bind(ByteBuffer.wrap(anew.key()), anew.master(), scope.text(), before)
                .setIdempotent(false))
        .map(result -> result.wasApplied());
  }

  /** For good, also if there never was one. */
  Future<Void> destroy(KeyScope scope) {
    return client
        .execute(forbid.bind(scope.text()))
        .compose(there -> client.execute(destroy.bind(scope.text())))
        .mapEmpty();
  }

  private static Found found(Row row) {
    ByteBuffer wrapped = row.getByteBuffer("wrapped");
    String master = row.getString("master");
    if (wrapped == null || master == null) {
      return new Found(Optional.empty());
    }
    byte[] key = new byte[wrapped.remaining()];
    wrapped.get(key);
    return new Found(Optional.of(new Wrapped(key, master)));
  }
}
