package chat.jovial.cassandra;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schema migrations at start. Cassandra must not be given two schema changes at once, so nodes that
 * start together take turns: a row that one of them inserts conditionally, and that goes away by
 * itself should its writer die.
 */
final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final int TURN_SECONDS = 60;
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(30);

  private static final String CREATE_STEPS =
      "CREATE TABLE IF NOT EXISTS $schema_steps (id text PRIMARY KEY, done int, writer text) WITH "
          + Schema.OPTIONS;

  private static final Pattern TABLE = Pattern.compile("^CREATE TABLE IF NOT EXISTS \\$(\\w+) ");

  private final Vertx vertx;
  private final CassandraClient client;
  private final CassandraConfig config;
  private final Supplier<SchemaAgreement> agreement;
  private final String me = UUID.randomUUID().toString();

  /**
   * @param agreement can be had once the client is connected
   */
  Migrations(
      Vertx vertx,
      CassandraClient client,
      CassandraConfig config,
      Supplier<SchemaAgreement> agreement) {
    this.vertx = vertx;
    this.client = client;
    this.config = config;
    this.agreement = agreement;
  }

  Future<Void> run() {
    // Asked first, since schema changes are slow even when there is nothing to change.
    return done()
        .recover(
            failure ->
                failure instanceof InvalidQueryException
                    ? change(List.of(createKeyspace(), CREATE_STEPS)).map(0)
                    : Future.failedFuture(failure))
        .compose(this::goOn);
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

  /** The next request may go to any node of Cassandra, which must have heard of the changes. */
  private Future<Void> change(List<String> steps) {
    SchemaAgreement nodes = agreement.get();
    Future<Void> chain = Future.succeededFuture();
    for (String step : steps) {
      SimpleStatement statement =
          SimpleStatement.newInstance(inKeyspace(withId(step))).setTimeout(CHANGE_TIMEOUT);
      chain = chain.compose(before -> nodes.change(statement));
    }
    return chain.compose(changed -> nodes.reach());
  }

  /**
   * A new table's id comes from its name. Two nodes that make it at the same moment, before there
   * is a table in which to take turns, or after a turn that took too long, make the same one; with
   * the ids that Cassandra chooses, the second would hide the first and what is in it.
   */
  private String withId(String cql) {
    Matcher table = TABLE.matcher(cql);
    if (!table.find()) {
      return cql;
    }
    String name = config.keyspace() + "." + table.group(1);
    return cql + " AND id = " + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  private String inKeyspace(String cql) {
    return cql.replace("$", config.keyspace() + ".");
  }

  /**
   * @param known steps that are done for sure; the turn shows whether more are
   */
  private Future<Void> goOn(int known) {
    if (known >= Schema.STEPS.size()) {
      return Future.succeededFuture();
    }
    return takeTurn()
        .compose(
            mine ->
                mine
                    ? done().compose(this::migrate).eventually(this::endTurn)
                    : vertx.timer(POLL.toMillis()).compose(waited -> done()).compose(this::goOn));
  }

  private Future<Void> migrate(int done) {
    if (done >= Schema.STEPS.size()) {
      return Future.succeededFuture();
    }
    LOG.info("Cassandra tables: from step {} to {}", done, Schema.STEPS.size());
    return change(Schema.STEPS.subList(done, Schema.STEPS.size()))
        .compose(
            migrated ->
                client.execute(
                    SimpleStatement.newInstance(
                        inKeyspace("UPDATE $schema_steps SET done = ? WHERE id = 'steps'"),
                        Schema.STEPS.size())))
        .mapEmpty();
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
