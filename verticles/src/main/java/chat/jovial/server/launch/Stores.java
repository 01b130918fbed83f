package chat.jovial.server.launch;

import chat.jovial.cassandra.CassandraConfig;
import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.CommitLogMode;
import chat.jovial.embedded.EmbeddedCassandra;
import chat.jovial.embedded.EmbeddedMongo;
import chat.jovial.embedded.MongoSettings;
import chat.jovial.server.launch.StopSequence.Stage;
import chat.jovial.server.settings.NodeConfig;
import chat.jovial.server.settings.StoresConfig;
import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Stores of a node: embedded ones are started concurrently, others are there already.
 *
 * @param cassandra completes with where to connect to, once one can
 * @param mongo completes with the connection string, once one can connect
 */
public record Stores(
    CompletableFuture<CassandraConfig> cassandra, CompletableFuture<String> mongo) {
  private static final String LOOPBACK = "127.0.0.1";

  private static final int CQL_PORT = 9042;

  /**
   * @param failed receives the reason when a store has failed permanently and the node must stop
   */
  public static Stores start(
      StoresConfig config,
      NodeConfig node,
      StopSequence stop,
      Consumer<String> progress,
      Consumer<String> failed) {
    return new Stores(
        config.cassandra().isEmbedded()
            ? embeddedCassandra(config.cassandra(), node, stop, progress, failed)
            : CompletableFuture.completedFuture(given(config.cassandra())),
        config
            .mongo()
            .uri()
            .map(CompletableFuture::completedFuture)
            .orElseGet(() -> embeddedMongo(config.mongo(), node, stop, progress, failed)));
  }

  private static CompletableFuture<CassandraConfig> embeddedCassandra(
      StoresConfig.Cassandra config,
      NodeConfig node,
      StopSequence stop,
      Consumer<String> progress,
      Consumer<String> failed) {
    progress.accept("starting Cassandra ...");
    CassandraSettings settings =
        new CassandraSettings(
            node.dataDirectory().resolve("cassandra"),
            LOOPBACK,
            config.port(),
            config.heapMiB(),
            CommitLogMode.valueOf(config.commitLog()),
            config.commitLogWindow(),
            node.logDirectory().resolve("cassandra.log"));
    return EmbeddedCassandra.start(settings)
        .thenApply(
            cassandra -> {
              stop.addBlocking(Stage.STORES_AND_BUS, "the embedded Cassandra", cassandra::close);
              Future.fromCompletionStage(cassandra.failed())
                  .onSuccess(reason -> failed.accept(String.valueOf(reason.getMessage())));
              progress.accept("Cassandra serves on " + cassandra.contactPoint());
              return config.at(List.of(cassandra.contactPoint()), cassandra.localDatacenter(), 1);
            });
  }

  private static CompletableFuture<String> embeddedMongo(
      StoresConfig.Mongo config,
      NodeConfig node,
      StopSequence stop,
      Consumer<String> progress,
      Consumer<String> failed) {
    progress.accept("starting the embedded MongoDB server ...");
    return EmbeddedMongo.start(
            new MongoSettings(
                node.dataDirectory().resolve("mongo"), LOOPBACK, config.port(), config.sync()))
        .thenApply(
            mongo -> {
              stop.addBlocking(Stage.STORES_AND_BUS, "the embedded MongoDB server", mongo::close);
              Future.fromCompletionStage(mongo.failed())
                  .onSuccess(reason -> failed.accept(String.valueOf(reason.getMessage())));
              progress.accept("MongoDB server serves on " + mongo.connectionString());
              return mongo.connectionString();
            });
  }

  public static CassandraConfig given(StoresConfig.Cassandra config) {
    return config.at(
        config.contactPoints().stream().map(Stores::address).toList(),
        config.datacenter(),
        config.replication());
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    boolean hasPort = colon > 0 && hostAndPort.substring(colon + 1).matches("\\d{1,5}");
    return hasPort
        ? new InetSocketAddress(
            hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)))
        : new InetSocketAddress(hostAndPort, CQL_PORT);
  }
}
