package chat.jovial.bench.store;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.internal.core.loadbalancing.DcInferringLoadBalancingPolicy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Inserts one row a message, each a statement of its own, into a keyspace beside the server's: same
 * Cassandra, same replication, same driver, as many partitions as there are conversations. Safe to
 * use from any thread.
 */
public final class PlainInserts implements AutoCloseable {
  private static final String KEYSPACE = "jovial_bench";

  /** Rows of one partition, as many as the server puts into one of its own. */
  private static final int PARTITION_ROWS = 4096;

  /** The driver's default is 1,024, which the largest number in flight would just fill. */
  private static final int MAX_REQUESTS_PER_CONNECTION = 2048;

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  private final CqlSession session;
  private final PreparedStatement insert;
  private final int conversations;
  private final String text;
  private final String run = UUID.randomUUID().toString();
  private final AtomicLong next = new AtomicLong();

  private PlainInserts(
      CqlSession session, PreparedStatement insert, int conversations, String text) {
    this.session = session;
    this.insert = insert;
    this.conversations = conversations;
    this.text = text;
  }

  /**
   * Connects and makes the table. Blocks.
   *
   * @param serverKeyspace the one whose replication is taken over
   */
  public static PlainInserts open(
      InetSocketAddress cassandra, String serverKeyspace, int conversations, String text) {
    DriverConfigLoader configuration =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_TIMEOUT)
            .withString(
                DefaultDriverOption.REQUEST_CONSISTENCY, ConsistencyLevel.LOCAL_QUORUM.name())
            .withClass(
                DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS,
                DcInferringLoadBalancingPolicy.class)
            .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MAX_REQUESTS_PER_CONNECTION)
            .build();
    CqlSession session =
        CqlSession.builder().addContactPoint(cassandra).withConfigLoader(configuration).build();
    try {
      session.execute(
          "CREATE KEYSPACE IF NOT EXISTS "
              + KEYSPACE
              + " WITH replication = "
              + replicationOf(session, serverKeyspace));
      session.execute(
          "CREATE TABLE IF NOT EXISTS "
              + KEYSPACE
              + ".messages (conversation text, number bigint, sender text, client_id text, body text,"
              + " PRIMARY KEY (conversation, number))"
              + " WITH compaction = {'class': 'UnifiedCompactionStrategy'}");
      PreparedStatement insert =
          session.prepare(
              "INSERT INTO "
                  + KEYSPACE
                  + ".messages (conversation, number, sender, client_id, body) VALUES (?, ?, ?, ?, ?)");
      return new PlainInserts(session, insert, conversations, text);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Inserts the next row. */
  CompletionStage<AsyncResultSet> insertNext() {
    long message = next.getAndIncrement();
    long conversation = message % conversations;
    long number = message / conversations;
    return session.executeAsync(
        insert.bind(
            run + "." + conversation + "." + number / PARTITION_ROWS,
            number,
            "01hzzzzzzzzzzzzzzzzzzz" + conversation,
            new UUID(message, conversation).toString(),
            text));
  }

  /** Rows that are really there, by counting them; for tests of small runs. */
  public long countRows() {
    Row row = session.execute("SELECT count(*) FROM " + KEYSPACE + ".messages").one();
    return row == null ? 0 : row.getLong(0);
  }

  /** Removes the table: it is of no use to anybody. */
  @Override
  public void close() {
    try (session) {
      session.execute(
          SimpleStatement.newInstance("DROP KEYSPACE IF EXISTS " + KEYSPACE)
              .setTimeout(Duration.ofSeconds(30)));
    }
  }

  static String replicationOf(CqlSession session, String keyspace) {
    Row row =
        session
            .execute(
                "SELECT replication FROM system_schema.keyspaces WHERE keyspace_name = ?", keyspace)
            .one();
    if (row == null) {
      return "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    }
    Map<String, String> replication = row.getMap("replication", String.class, String.class);
    StringBuilder out = new StringBuilder();
    replication.forEach(
        (key, value) ->
            out.append(out.isEmpty() ? "{" : ", ")
                .append('\'')
                .append(key)
                .append("': '")
                .append(value)
                .append('\''));
    return out.append('}').toString();
  }
}
