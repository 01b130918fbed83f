package chat.jovial.embedded.cost;

import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.CommitLogMode;
import chat.jovial.embedded.EmbeddedCassandra;
import chat.jovial.embedded.cost.DurabilityCost.Contender;
import chat.jovial.embedded.cost.DurabilityCost.Load;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Plain inserts through the driver, in each commit log mode. */
final class CassandraCost {
  private static final List<Integer> IN_FLIGHT = List.of(1, 64, 256, 1024);
  private static final int BODY_BYTES = 200;

  private CassandraCost() {}

  static Map<String, Contender> contenders() {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    contenders.put("periodic 10 s (loses writes)", mode(CommitLogMode.PERIODIC, 10_000));
    contenders.put("group, window 1 ms", mode(CommitLogMode.GROUP, 1));
    contenders.put("group, window 5 ms", mode(CommitLogMode.GROUP, 5));
    contenders.put("batch", mode(CommitLogMode.BATCH, 1));
    return contenders;
  }

  private static Contender mode(CommitLogMode mode, int windowMillis) {
    return (folder, each) ->
        measure(
            CassandraSettings.in(folder).withCommitLog(mode, Duration.ofMillis(windowMillis)),
            each);
  }

  private static Map<Load, Double> measure(CassandraSettings settings, Duration each) {
    try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(settings).join();
        CqlSession session = connect(cassandra)) {
      session.execute(
          "CREATE KEYSPACE IF NOT EXISTS cost WITH replication ="
              + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
      session.execute(
          "CREATE TABLE IF NOT EXISTS cost.rows"
              + " (part bigint, seq bigint, body blob, PRIMARY KEY (part, seq))");
      PreparedStatement insert =
          session.prepare("INSERT INTO cost.rows (part, seq, body) VALUES (?, ?, ?)");
      byte[] bytes = new byte[BODY_BYTES];
      ThreadLocalRandom.current().nextBytes(bytes);
      ByteBuffer body = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
      AtomicLong next = new AtomicLong(System.nanoTime());
      ClosedLoop loop =
          new ClosedLoop(
              () -> {
                long id = next.getAndIncrement();
                return session.executeAsync(insert.bind(id & 0xff, id, body.duplicate()));
              });
      double warmUp = loop.run(256, each.multipliedBy(2));
      System.err.printf("  warm-up %.0f/s%n", warmUp);
      Map<Load, Double> rates = new LinkedHashMap<>();
      IN_FLIGHT.forEach(n -> rates.put(new Load(n), loop.run(n, each)));
      return rates;
    }
  }

  private static CqlSession connect(EmbeddedCassandra cassandra) {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter(cassandra.localDatacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .build())
        .build();
  }
}
