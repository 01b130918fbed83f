package chat.jovial.server.command;

import chat.jovial.cassandra.CassandraConfig;
import chat.jovial.cassandra.CassandraStore;
import chat.jovial.config.Settings;
import chat.jovial.embedded.RunningCassandra;
import chat.jovial.keys.KeyAdministration;
import chat.jovial.keys.KeyTable;
import chat.jovial.keys.KeysConfig;
import chat.jovial.server.launch.StartFailure;
import chat.jovial.server.launch.Stores;
import chat.jovial.server.settings.NodeConfig;
import chat.jovial.server.settings.StoresConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Access to the keys in Cassandra for commands that run beside the server: they connect to the
 * store and not to a node, so no node has a port that could destroy keys, and they work whichever
 * nodes run. Blocks.
 */
public final class StoredKeys {
  private final CassandraConfig cassandra;
  private final KeysConfig keys;

  private StoredKeys(CassandraConfig cassandra, KeysConfig keys) {
    this.cassandra = cassandra;
    this.keys = keys;
  }

  /** Your own Cassandra, or the embedded one of the server or cluster on the data folder. */
  public static StoredKeys of(Settings settings) {
    NodeConfig node = NodeConfig.of(settings);
    Path data = node.dataDirectory();
    // Not into the server's own, which may be written at the moment.
    System.setProperty("jovial.logs", node.logDirectory().resolve("commands").toString());
    StoresConfig.Cassandra config = StoresConfig.of(settings).cassandra();
    if (!config.isEmbedded()) {
      return new StoredKeys(Stores.given(config), KeysConfig.of(settings, data));
    }
    for (Path folder : List.of(data, data.resolve("cluster"))) {
      List<InetSocketAddress> addresses = RunningCassandra.in(folder);
      if (!addresses.isEmpty()) {
        return new StoredKeys(
            config.at(addresses, RunningCassandra.datacenter(), addresses.size()),
            KeysConfig.of(settings, folder));
      }
    }
    throw new StartFailure(
        "No server runs on the data folder "
            + data
            + ", and its keys are in the Cassandra that runs with it: ./jovial start first.",
        null);
  }

  public <T> T with(Function<KeyAdministration, Future<T>> task) {
    return withStore(
        (vertx, store) ->
            KeyTable.prepare(store)
                .compose(table -> KeyAdministration.open(vertx, table, keys))
                .compose(task));
  }

  /** Does something in Cassandra itself. */
  <T> T withStore(BiFunction<Vertx, CassandraStore, Future<T>> task) {
    Vertx vertx = Vertx.vertx();
    try {
      return CassandraStore.connect(vertx, cassandra)
          .recover(
              failure ->
                  Future.failedFuture(
                      new StartFailure(
                          "Cassandra does not answer as it must (%s)."
                              .formatted(failure.getMessage()),
                          failure)))
          .compose(store -> task.apply(vertx, store).eventually(store::close))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
