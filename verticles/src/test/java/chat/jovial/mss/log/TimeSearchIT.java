package chat.jovial.mss.log;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.TestKeys;
import chat.jovial.stores.StoresExtension;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Finding a date in a log of years: 300 buckets, a week apart, of which only one has its entries,
 * so that whoever reads another finds nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimeSearchIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final String CONVERSATION =
      "d.00000000000000000000000001.00000000000000000000000002";
  private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final int BUCKETS = 300;
  private static final long FULL = 150;
  private static final int GROUP = 256;

  /** One of the index, three within a bucket. */
  private static final int MOST_READS = 4;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger reads = new AtomicInteger();
  private CassandraStore store;
  private LogReader reader;

  @BeforeAll
  void start() {
    store = STORES.connect(vertx).await();
    LogTables tables = LogTables.prepare(store).await();
    for (long bucket = 0; bucket < BUCKETS; bucket++) {
      tables
          .write(
              tables
                  .bind(LogStatement.INSERT_BUCKET, CONVERSATION, bucket)
                  .setInstant("stored_at", openedAt(bucket))
                  .setLong("epoch", bucket + 1)
                  .build())
          .await();
    }
    DataKeys keys = TestKeys.start(vertx, store).await();
    BodyCipher cipher = new BodyCipher(keys);
    LogWriter writer = new LogWriter(tables, cipher, Clock.systemUTC());
    for (long seq = Buckets.firstSeq(FULL); seq <= Buckets.lastSeq(FULL); seq += GROUP) {
      writer.write(group(seq)).await();
    }
    reader = new LogReader(LogTables.prepare(store, counting(store.client())).await(), cipher);
  }

  @AfterAll
  void stop() {
    store.close().await();
    vertx.close().await();
  }

  @Test
  void a_date_is_found_with_a_few_reads_however_long_the_log_is() {
    long first = Buckets.firstSeq(FULL);
    assertFound(openedAt(FULL).plusMillis(1), first + 1);
    for (int seconds : new int[] {1, 2, 255, 1000, 2047, 2048, 4000, 4095}) {
      assertFound(openedAt(FULL).plusSeconds(seconds), first + seconds);
      assertFound(openedAt(FULL).plusSeconds(seconds).minusMillis(1), first + seconds);
    }
    assertFound(openedAt(FULL).plusSeconds(4096), Buckets.firstSeq(FULL + 1));
    assertFound(openedAt(FULL + 1), Buckets.firstSeq(FULL + 1));
    assertFound(BEGIN, 1);
    assertFound(Instant.EPOCH, 1);
  }

  private void assertFound(Instant time, long seq) {
    reads.set(0);
    assertThat(reader.seqAt(CONVERSATION, time, Buckets.lastSeq(BUCKETS - 1)).await())
        .as("%s", time)
        .isEqualTo(seq);
    assertThat(reads.get()).as("reads for %s", time).isLessThanOrEqualTo(MOST_READS);
  }

  private static Instant openedAt(long bucket) {
    return BEGIN.plus(WEEK.multipliedBy(bucket));
  }

  private static WriteGroup group(long first) {
    List<Entry> entries = new ArrayList<>();
    for (long seq = first; seq < first + GROUP; seq++) {
      Instant at = openedAt(FULL).plusSeconds(seq - Buckets.firstSeq(FULL));
      entries.add(
          new Entry(
              CONVERSATION,
              seq,
              "00000000000000000000000001",
              null,
              "device",
              "id-" + seq,
              at,
              at,
              Kind.MESSAGE,
              Body.ofStored("{\"type\":\"text\",\"text\":\"x\"}"),
              null,
              null,
              null,
              null));
    }
    return new WriteGroup(
        CONVERSATION, FULL, FULL + 1, first - 1, openedAt(FULL), false, null, entries);
  }

  /** The same client, whose reads are counted. */
  private CassandraClient counting(CassandraClient client) {
    return (CassandraClient)
        Proxy.newProxyInstance(
            CassandraClient.class.getClassLoader(),
            new Class<?>[] {CassandraClient.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                reads.incrementAndGet();
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
