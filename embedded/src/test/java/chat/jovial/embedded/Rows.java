package chat.jovial.embedded;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Writes rows without a pause and notes which of them were acknowledged. */
final class Rows implements AutoCloseable {
  private static final int IN_FLIGHT = 32;

  private final CqlSession session;
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean stopped = new AtomicBoolean();

  private Rows(CqlSession session) {
    this.session = session;
  }

  static Rows connect(InetSocketAddress contactPoint) {
    CqlSession session =
        CqlSession.builder()
            .addContactPoint(contactPoint)
            .withLocalDatacenter(CassandraConfiguration.DATA_CENTER)
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                    .build())
            .build();
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS kept WITH replication ="
            + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    return new Rows(session);
  }

  /**
   * Starts to write to the table; returns when {@code count} rows were acknowledged, and goes on.
   */
  Rows write(String table, int count) throws InterruptedException {
    session.execute(
        "CREATE TABLE IF NOT EXISTS kept." + table + " (id int PRIMARY KEY, body blob)");
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO kept." + table + " (id, body) VALUES (?, 0x" + "ab".repeat(200) + ")");
    CountDownLatch enough = new CountDownLatch(count);
    AtomicInteger next = new AtomicInteger();
    for (int i = 0; i < IN_FLIGHT; i++) {
      writeOn(insert, next, enough);
    }
    enough.await();
    return this;
  }

  private void writeOn(PreparedStatement insert, AtomicInteger next, CountDownLatch enough) {
    int id = next.getAndIncrement();
    CompletableFuture<?> unused =
        session
            .executeAsync(insert.bind(id))
            .toCompletableFuture()
            .thenAccept(
                done -> {
                  acknowledged.add(id);
                  enough.countDown();
                  if (!stopped.get()) {
                    writeOn(insert, next, enough);
                  }
                });
  }

  /** What was acknowledged until now. */
  Set<Integer> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  Set<Integer> stored(String table) {
    return StreamSupport.stream(
            session.execute("SELECT id FROM kept." + table).spliterator(), false)
        .map(row -> row.getInt(0))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    stopped.set(true);
    session.close();
  }
}
