package chat.jovial.cluster;

import chat.jovial.cassandra.CassandraStore;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tables of leases and shards in Cassandra. The only place that uses lightweight transactions; each
 * table is one partition, so that the claims of many shards are decided together.
 */
final class LeaseStore {
  static final String ALIVE = "alive";

  private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

  private final CassandraStore store;
  private final Duration timeout;

  /**
   * @param timeout of a request; the lease time, for what is answered later is of no use
   */
  LeaseStore(CassandraStore store, Duration timeout) {
    this.store = store;
    this.timeout = timeout;
  }

  /**
   * @param dataId the data folder that the process holds locked, if it has one
   * @param node where the process takes requests on the bus
   */
  record LeaseRow(
      String leaseId, @Nullable String dataId, long version, String state, @Nullable String node) {
    boolean isAlive() {
      return state.equals(ALIVE);
    }
  }

  /** Owner and claim number of a shard; both missing until it is first claimed. */
  record ShardRow(int shard, @Nullable String leaseId, @Nullable Long claim) {}

  /** A plain read: who acts on it makes what it saw the condition of what it writes. */
  Future<Ring> ring() {
    // The leases last: an owner of a shard by then had a lease before. The other way round, one
    // that began and claimed in between would seem to be dead, and lose what it owns to us.
    return shards().compose(shards -> leases().map(leases -> new Ring(leases, shards)));
  }

  private Future<List<LeaseRow>> leases() {
    return store
        .client()
        .executeWithFullFetch(
            statement(
                "SELECT lease_id, data_id, version, state, node FROM $leases WHERE ring = 'ring'"))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new LeaseRow(
                                row.getString("lease_id"),
                                row.getString("data_id"),
                                row.getLong("version"),
                                row.getString("state"),
                                row.getString("node")))
                    .toList());
  }

  private Future<List<ShardRow>> shards() {
    return store
        .client()
        .executeWithFullFetch(
            statement("SELECT shard, lease_id, claim FROM $shards WHERE ring = 'ring'"))
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new ShardRow(
                                row.getInt("shard"),
                                row.getString("lease_id"),
                                row.getLong("claim")))
                    .toList());
  }

  Future<Boolean> insert(LeaseRow row) {
    return applied(
        statement(
            "INSERT INTO $leases (ring, lease_id, data_id, version, state, node)"
                + " VALUES ('ring', ?, ?, ?, ?, ?) IF NOT EXISTS",
            row.leaseId(),
            row.dataId(),
            row.version(),
            row.state(),
            row.node()));
  }

  /** Renews with a version that was not used before, unless the lease has been ended. */
  Future<Boolean> renew(String leaseId, long version) {
    return applied(
        statement(
            "UPDATE $leases SET version = ? WHERE ring = 'ring' AND lease_id = ?"
                + " IF state = 'alive'",
            version,
            leaseId));
  }

  /** Ends another's lease, if its version is still the one seen: it cannot be renewed any more. */
  Future<Boolean> markDead(String leaseId, long version) {
    return applied(
        statement(
            "UPDATE $leases SET state = 'dead' WHERE ring = 'ring' AND lease_id = ?"
                + " IF version = ? AND state = 'alive'",
            leaseId,
            version));
  }

  /** Ends a lease of one's own. */
  Future<Boolean> release(String leaseId) {
    return applied(
        statement(
            "UPDATE $leases SET state = 'released' WHERE ring = 'ring' AND lease_id = ?"
                + " IF state = 'alive'",
            leaseId));
  }

  /** Removes the row of a lease that has ended and owns nothing. */
  Future<Boolean> forget(LeaseRow row) {
    return applied(
        statement(
            "DELETE FROM $leases WHERE ring = 'ring' AND lease_id = ? IF state = ?",
            row.leaseId(),
            row.state()));
  }

  /** Takes all these shards, or none if one of them is no longer as it was seen. */
  Future<Boolean> claim(String leaseId, List<ShardRow> seen, long claim) {
    return together(
        "UPDATE $shards SET lease_id = ?, claim = ? WHERE ring = 'ring' AND shard = ?"
            + " IF lease_id = ? AND claim = ?",
        seen,
        (update, row) -> update.bind(leaseId, claim, row.shard(), row.leaseId(), row.claim()));
  }

  /** Frees all these shards, or none if one of them is no longer as it was seen. */
  Future<Boolean> free(String leaseId, List<ShardRow> seen) {
    return together(
        "UPDATE $shards SET lease_id = null WHERE ring = 'ring' AND shard = ?"
            + " IF lease_id = ? AND claim = ?",
        seen,
        (update, row) -> update.bind(row.shard(), leaseId, row.claim()));
  }

  /** Prepared, which the driver remembers: a text would be parsed once for each of 256 rows. */
  private Future<Boolean> together(
      String cql,
      List<ShardRow> rows,
      BiFunction<PreparedStatement, ShardRow, BoundStatement> one) {
    return store
        .prepare(cql)
        .compose(
            update -> {
              BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.LOGGED);
              rows.forEach(row -> batch.addStatement(one.apply(update, row)));
              return applied(batch.build().setTimeout(CLAIM_TIMEOUT));
            });
  }

  private SimpleStatement statement(String cql, @Nullable Object... values) {
    return SimpleStatement.newInstance(store.withKeyspace(cql), values).setTimeout(timeout);
  }

  private Future<Boolean> applied(Statement<?> conditional) {
    // Not idempotent: what a first try that seemed lost has done decides about a second one.
    return store
        .client()
        .execute(conditional.setIdempotent(false))
        .map(result -> result.wasApplied());
  }
}
