package chat.jovial.bench.store;

import chat.jovial.contract.fss.Chunks;
import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.internal.core.loadbalancing.DcInferringLoadBalancingPolicy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;

/**
 * Chunks of files without a server: the table, the statements, the consistency and the size of
 * chunks that the server uses, in a keyspace beside its own. Safe to use from any thread.
 */
public final class PlainChunks implements AutoCloseable {
  private static final String KEYSPACE = "jovial_bench_files";
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);

  private final CqlSession session;
  private final PreparedStatement insert;
  private final PreparedStatement select;

  private PlainChunks(CqlSession session) {
    this.session = session;
    this.insert =
        session.prepare(
            "INSERT INTO "
                + KEYSPACE
                + ".file_chunks (file_id, part, chunk, size, data) VALUES (?, ?, ?, ?, ?)"
                + " USING TIMESTAMP ?");
    this.select =
        session.prepare(
            "SELECT data FROM "
                + KEYSPACE
                + ".file_chunks WHERE file_id = ? AND part = ? AND chunk = ?");
  }

  /**
   * Connects and makes the table. Blocks.
   *
   * @param serverKeyspace the one whose replication is taken over
   */
  public static PlainChunks open(InetSocketAddress cassandra, String serverKeyspace) {
    DriverConfigLoader configuration =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST_TIMEOUT)
            .withString(
                DefaultDriverOption.REQUEST_CONSISTENCY, ConsistencyLevel.LOCAL_QUORUM.name())
            .withClass(
                DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS,
                DcInferringLoadBalancingPolicy.class)
            .build();
    CqlSession session =
        CqlSession.builder().addContactPoint(cassandra).withConfigLoader(configuration).build();
    try {
      session.execute(
          "CREATE KEYSPACE IF NOT EXISTS "
              + KEYSPACE
              + " WITH replication = "
              + PlainInserts.replicationOf(session, serverKeyspace));
      session.execute(
          "CREATE TABLE IF NOT EXISTS "
              + KEYSPACE
              + ".file_chunks (file_id text, part int, chunk int, size int, data blob,"
              + " PRIMARY KEY ((file_id, part), chunk)) WITH compression = {'enabled': 'false'}"
              + " AND read_repair = 'BLOCKING'"
              + " AND compaction = {'class': 'UnifiedCompactionStrategy'}");
      return new PlainChunks(session);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Writes one, as the server does: the row's timestamp is that of its writer. */
  public CompletableFuture<?> write(String fileId, int chunk, ByteBuffer bytes) {
    return session
        .executeAsync(
            insert.bind(
                fileId,
                Chunks.partOf(chunk),
                chunk,
                bytes.remaining(),
                bytes,
                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())))
        .toCompletableFuture();
  }

  /** A chunk that was written. */
  public CompletableFuture<ByteBuffer> read(String fileId, int chunk) {
    return session
        .executeAsync(select.bind(fileId, Chunks.partOf(chunk), chunk))
        .thenApply(
            found -> {
              Row row = found.one();
              ByteBuffer data = row == null ? null : row.getByteBuffer("data");
              if (data == null) {
                throw new IllegalStateException("A chunk that was written is not there.");
              }
              return data;
            })
        .toCompletableFuture();
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
}
