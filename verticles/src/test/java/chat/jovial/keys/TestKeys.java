package chat.jovial.keys;

import chat.jovial.cassandra.CassandraStore;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** The keys of a node in a test, all of whose nodes have the same master key. */
public final class TestKeys {
  private static final String MASTER = MasterKey.text(new byte[MasterKey.BYTES]);

  private TestKeys() {}

  public static Future<DataKeys> start(Vertx vertx, CassandraStore store) {
    return start(vertx, store, Ticker.systemTicker());
  }

  /**
   * @param ticker what says how old a remembered key is, in nanoseconds
   */
  public static Future<DataKeys> start(Vertx vertx, CassandraStore store, Ticker ticker) {
    MasterKeys masters = MasterKeyRing.of(List.of(MASTER), "the test");
    return KeyTable.prepare(store).map(table -> new DataKeys(vertx, table, masters, ticker));
  }
}
