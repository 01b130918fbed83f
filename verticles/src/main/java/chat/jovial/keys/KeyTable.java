package chat.jovial.keys;

import chat.jovial.cassandra.CassandraStore;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * Table of wrapped data keys. A key is made once, by the first writer, and destroyed once: its row
 * stays without the key, so that it is never made again. Beside them the ids of the master keys in
 * use. Any thread.
 */
public final class KeyTable {
  private static final List<String> CQL =
      List.of(
          "SELECT wrapped, master FROM $data_keys WHERE scope = ?",
          "INSERT INTO $data_keys (scope, wrapped, master) VALUES (?, ?, ?) IF NOT EXISTS",
          "UPDATE $data_keys SET wrapped = ?, master = ? WHERE scope = ? IF master = ?",
          "UPDATE $data_keys SET wrapped = null, master = null WHERE scope = ? IF EXISTS",
          "INSERT INTO $data_keys (scope) VALUES (?) IF NOT EXISTS",
          "SELECT scope, wrapped, master FROM $data_keys",
          "SELECT ids FROM $master_keys WHERE name = 'used'",
          "INSERT INTO $master_keys (name, ids) VALUES ('used', ?) IF NOT EXISTS",
          "UPDATE $master_keys SET ids = ? WHERE name = 'used' IF ids = ?");

  /** Rows in one page of a scan: some hundred bytes each. */
  private static final int SCAN_PAGE = 500;

  private final CassandraClient client;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement rewrap;
  private final PreparedStatement destroy;
  private final PreparedStatement forbid;
  private final PreparedStatement scan;
  private final PreparedStatement masters;
  private final PreparedStatement firstMaster;
  private final PreparedStatement changeMasters;

  /**
   * A row.
   *
   * @param key none if it was destroyed
   */
  record Found(KeyScope scope, Optional<WrappedKey> key) {
    boolean isDestroyed() {
      return key.isEmpty();
    }
  }

  /**
   * A page of a scan.
   *
   * @param next the next page; none after the last
   */
  record Page(List<Found> keys, Optional<ResultSet> next) {}

  private KeyTable(CassandraClient client, List<PreparedStatement> s) {
    this.client = client;
    this.select = s.get(0);
    this.insert = s.get(1);
    this.rewrap = s.get(2);
    this.destroy = s.get(3);
    this.forbid = s.get(4);
    this.scan = s.get(5);
    this.masters = s.get(6);
    this.firstMaster = s.get(7);
    this.changeMasters = s.get(8);
  }

  public static Future<KeyTable> prepare(CassandraStore store) {
    List<Future<PreparedStatement>> all = new ArrayList<>();
    CQL.forEach(cql -> all.add(store.prepare(cql)));
    return Future.all(all).map(done -> new KeyTable(store.client(), done.list()));
  }

  /** Empty if there never was a key. */
  Future<Optional<Found>> find(KeyScope scope) {
    return client
        .executeWithFullFetch(select.bind(scope.text()))
        .map(rows -> rows.stream().findFirst().map(row -> found(scope, row)));
  }

  /** False if somebody else has made one, or it was destroyed: look again. */
  Future<Boolean> insert(KeyScope scope, WrappedKey key) {
    return client
        .execute(
            insert
                .bind(scope.text(), ByteBuffer.wrap(key.bytes()), key.master())
                .setIdempotent(false))
        .map(ResultSet::wasApplied);
  }

  /** False if it was rewrapped, or destroyed, meanwhile. */
  Future<Boolean> rewrap(KeyScope scope, WrappedKey rewrapped, String before) {
    return client
        .execute(
            rewrap
                .bind(ByteBuffer.wrap(rewrapped.bytes()), rewrapped.master(), scope.text(), before)
                .setIdempotent(false))
        .map(ResultSet::wasApplied);
  }

  /** Permanently, also if there never was one. */
  Future<Void> destroy(KeyScope scope) {
    return client
        .execute(forbid.bind(scope.text()))
        .compose(there -> client.execute(destroy.bind(scope.text())))
        .mapEmpty();
  }

  /** The first page of all keys, in no order. */
  Future<Page> scan() {
    return client.execute(scan.bind().setPageSize(SCAN_PAGE)).map(KeyTable::page);
  }

  Future<Page> scanOn(ResultSet page) {
    return page.fetchNextPage().map(KeyTable::page);
  }

  /** The ids of the master keys in use; empty before the first. */
  Future<Set<String>> masters() {
    return client
        .executeWithFullFetch(masters.bind())
        .map(rows -> rows.isEmpty() ? Set.of() : ids(rows.get(0).getString("ids")));
  }

  /** False if they are not what they were: look again. */
  Future<Boolean> changeMasters(Set<String> before, Set<String> after) {
    return client
        .execute(
            (before.isEmpty()
                    ? firstMaster.bind(text(after))
                    : changeMasters.bind(text(after), text(before)))
                .setIdempotent(false))
        .map(ResultSet::wasApplied);
  }

  private static Page page(ResultSet result) {
    List<Found> keys =
        StreamSupport.stream(result.currentPage().spliterator(), false)
            .map(row -> found(new KeyScope(String.valueOf(row.getString("scope"))), row))
            .toList();
    return new Page(keys, result.hasMorePages() ? Optional.of(result) : Optional.empty());
  }

  private static Found found(KeyScope scope, Row row) {
    ByteBuffer wrapped = row.getByteBuffer("wrapped");
    String master = row.getString("master");
    if (wrapped == null || master == null) {
      return new Found(scope, Optional.empty());
    }
    byte[] key = new byte[wrapped.remaining()];
    wrapped.get(key);
    return new Found(scope, Optional.of(new WrappedKey(key, master)));
  }

  private static Set<String> ids(String text) {
    return text.isBlank() ? Set.of() : new TreeSet<>(List.of(text.split(" ")));
  }

  private static String text(Set<String> ids) {
    return String.join(" ", new TreeSet<>(ids));
  }
}
