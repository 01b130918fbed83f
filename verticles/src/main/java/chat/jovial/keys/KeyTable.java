package chat.jovial.keys;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.PreparedSet;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
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
  /** Rows in one page of a scan: some hundred bytes each. */
  private static final int SCAN_PAGE = 500;

  private final CassandraClient client;
  private final PreparedSet<KeyStatement> statements;

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

  private KeyTable(CassandraClient client, PreparedSet<KeyStatement> statements) {
    this.client = client;
    this.statements = statements;
  }

  public static Future<KeyTable> prepare(CassandraStore store) {
    return PreparedSet.prepare(store, KeyStatement.class)
        .map(statements -> new KeyTable(store.client(), statements));
  }

  /** Empty if there never was a key. */
  Future<Optional<Found>> find(KeyScope scope) {
    return client
        .executeWithFullFetch(ofScope(KeyStatement.FIND, scope).build())
        .map(rows -> rows.stream().findFirst().map(row -> found(scope, row)));
  }

  /** False if somebody else has made one, or it was destroyed: look again. */
  Future<Boolean> insert(KeyScope scope, WrappedKey key) {
    return applied(withKey(ofScope(KeyStatement.INSERT, scope), key));
  }

  /** False if it was rewrapped, or destroyed, meanwhile. */
  Future<Boolean> rewrap(KeyScope scope, WrappedKey rewrapped, String before) {
    return applied(
        withKey(ofScope(KeyStatement.REWRAP, scope), rewrapped).setString("seen_master", before));
  }

  /** Permanently, also if there never was one. */
  Future<Void> destroy(KeyScope scope) {
    return client
        .execute(ofScope(KeyStatement.FORBID, scope).build())
        .compose(there -> client.execute(ofScope(KeyStatement.DESTROY, scope).build()))
        .mapEmpty();
  }

  /** The first page of all keys, in no order. */
  Future<Page> scan() {
    return client
        .execute(statements.bind(KeyStatement.SCAN).setPageSize(SCAN_PAGE).build())
        .map(KeyTable::page);
  }

  Future<Page> scanOn(ResultSet page) {
    return page.fetchNextPage().map(KeyTable::page);
  }

  /** The ids of the master keys in use; empty before the first. */
  Future<Set<String>> masters() {
    return client
        .executeWithFullFetch(statements.bind(KeyStatement.FIND_MASTERS).build())
        .map(rows -> rows.isEmpty() ? Set.of() : ids(rows.get(0).getString("ids")));
  }

  /** False if they are not what they were: look again. */
  Future<Boolean> changeMasters(Set<String> before, Set<String> after) {
    return applied(
        before.isEmpty()
            ? statements.bind(KeyStatement.INSERT_MASTERS).setString("ids", text(after))
            : statements
                .bind(KeyStatement.UPDATE_MASTERS)
                .setString("ids", text(after))
                .setString("seen_ids", text(before)));
  }

  private BoundStatementBuilder ofScope(KeyStatement statement, KeyScope scope) {
    return statements.bind(statement).setString("scope", scope.text());
  }

  private static BoundStatementBuilder withKey(BoundStatementBuilder statement, WrappedKey key) {
    return statement
        .setByteBuffer("wrapped", ByteBuffer.wrap(key.bytes()))
        .setString("master", key.master());
  }

  private Future<Boolean> applied(BoundStatementBuilder conditional) {
    // Not repeated by the driver: whether the first try was applied is not known then.
    return client.execute(conditional.setIdempotence(false).build()).map(ResultSet::wasApplied);
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
