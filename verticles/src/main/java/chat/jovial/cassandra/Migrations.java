package chat.jovial.cassandra;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables up to date at start. Cassandra must not be given two schema changes at once, so
 * nodes that start together take turns: a row that one of them inserts conditionally, and that goes
 * away by itself should its writer die.
 */
final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final int TURN_SECONDS = 60;
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(30);
  private static final String CREATE_STEPS =
      "CREATE TABLE IF NOT EXISTS $schema_steps (id text PRIMARY KEY, done int, writer text)";

  private final Vertx vertx;
  private final CassandraClient client;
  private final CassandraConfig config;
  private final String me = UUID.randomUUID().toString();

  Migrations(Vertx vertx, CassandraClient client, CassandraConfig config) {
    this.vertx = vertx;
    this.client = client;
    this.config = config;
  }

  Future<Void> run() {
    // Asked first, since schema changes are slow even when there is nothing to change.
    return done()
        .recover(
            failure ->
                failure instanceof InvalidQueryException
                    ? change(createKeyspace()).compose(made -> change(CREATE_STEPS)).map(0)
                    : Future.failedFuture(failure))
        .compose(done -> go());
  }

  private String createKeyspace() {
    return "CREATE KEYSPACE IF NOT EXISTS "
        + config.keyspace()
        + " WITH replication = {'class': 'NetworkTopologyStrategy', '"
        + config.datacenter()
        + "': "
        + config.replication()
        + "}";
  }

  private Future<Void> change(String cql) {
    return client
        .execute(SimpleStatement.newInstance(inKeyspace(cql)).setTimeout(CHANGE_TIMEOUT))
        .mapEmpty();
  }

  private String inKeyspace(String cql) {
    return cql.replace("$", config.keyspace() + ".");
  }

  private Future<Void> go() {
    return done()
        .compose(
            done -> {
              if (done >= Schema.STEPS.size()) {
                return Future.succeededFuture();
              }
              return takeTurn()
                  .compose(
                      mine ->
                          mine
                              ? migrate(done).eventually(this::endTurn)
                              : vertx.timer(POLL.toMillis()).compose(waited -> go()));
            });
  }

  private Future<Void> migrate(int done) {
    LOG.info("Cassandra tables: from step {} to {}", done, Schema.STEPS.size());
    List<String> missing = Schema.STEPS.subList(done, Schema.STEPS.size());
    Future<Void> chain = Future.succeededFuture();
    for (String step : missing) {
      chain = chain.compose(before -> change(step));
    }
    return chain.compose(
        migrated ->
            client
                .execute(
                    SimpleStatement.newInstance(
                        inKeyspace("UPDATE $schema_steps SET done = ? WHERE id = 'steps'"),
                        Schema.STEPS.size()))
                .mapEmpty());
  }

  private Future<Integer> done() {
    return client
        .executeWithFullFetch(inKeyspace("SELECT done FROM $schema_steps WHERE id = 'steps'"))
        .map(rows -> rows.isEmpty() ? 0 : rows.get(0).getInt("done"));
  }

  private Future<Boolean> takeTurn() {
    return client
        .execute(
            SimpleStatement.newInstance(
                    inKeyspace(
                        "INSERT INTO $schema_steps (id, writer) VALUES ('turn', ?) IF NOT EXISTS"
                            + " USING TTL "
                            + TURN_SECONDS),
                    me)
                .setIdempotent(false))
        .map(result -> result.wasApplied());
  }

  private Future<Void> endTurn() {
    return client
        .execute(
            SimpleStatement.newInstance(
                    inKeyspace("DELETE FROM $schema_steps WHERE id = 'turn' IF writer = ?"), me)
                .setIdempotent(false))
        .mapEmpty();
  }
}
