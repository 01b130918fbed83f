package chat.jovial.server.launch;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cluster.ShardTable;
import chat.jovial.config.Settings;
import chat.jovial.edge.Edge;
import chat.jovial.edge.EdgeConfig;
import chat.jovial.embedded.DataDirectory;
import chat.jovial.embedded.local.ClusterFolder;
import chat.jovial.keys.AesGcm;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.KeyTable;
import chat.jovial.server.launch.StopSequence.Stage;
import chat.jovial.server.settings.BusConfig;
import chat.jovial.server.settings.ManagementConfig;
import chat.jovial.server.settings.NodeConfig;
import chat.jovial.server.settings.StoresConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Node: its stores, its event bus, its verticles. Stores and bus start concurrently, so that the
 * first message can be served soon; the verticles follow in order. Any thread.
 */
public final class JovialServer {
  private static final Logger LOG = LoggerFactory.getLogger(JovialServer.class);

  /**
   * Shorter than callers wait, so that they learn that the store is unavailable; the default is 30
   * s.
   */
  private static final Duration MONGO_TIMEOUT = Duration.ofSeconds(4);

  /** Removing what has expired may take a while; a server that hangs must not hold us forever. */
  private static final Duration MONGO_SOCKET_TIMEOUT = Duration.ofSeconds(30);

  private final Settings settings;
  private final Consumer<String> progress;
  private final StopSequence stop = new StopSequence();
  private final Readiness readiness = new Readiness();
  private final CompletableFuture<String> failed = new CompletableFuture<>();
  private volatile @Nullable Edge edge;
  private volatile int managementPort;

  /**
   * @param progress receives, on any thread, what the start is doing
   */
  public JovialServer(Settings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /** Starts a node; whatever was started of it is stopped again if that fails. */
  public static Future<JovialServer> start(Settings settings) {
    return new JovialServer(settings, LOG::info).start();
  }

  /** Blocks a moment for the data folder and the ports, not for what takes long. */
  public Future<JovialServer> start() {
    try {
      return begin().recover(this::giveUp);
    } catch (RuntimeException e) {
      return giveUp(e);
    }
  }

  private Future<JovialServer> giveUp(Throwable failure) {
    return close().transform(closed -> Future.failedFuture(failure));
  }

  private Future<JovialServer> begin() {
    NodeConfig node = NodeConfig.of(settings);
    ManagementConfig management = ManagementConfig.of(settings);
    StoresConfig config = StoresConfig.of(settings);
    if (config.cassandra().isEmbedded() || config.mongo().isEmbedded()) {
      ClusterFolder.refuse(node.dataDirectory());
    }
    DataDirectory directory = DataDirectory.open(node.dataDirectory());
    stop.addBlocking(Stage.DATA_DIRECTORY, "the data folder", directory::close);
    ListenPorts.checkFree(
        "the management of the server", management.host(), management.port(), "management.port");
    checkEdgePorts(node);

    Stores stores = Stores.start(config, node, stop, progress, failed::complete);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    progress.accept("joining the event bus ...");
    return ClusteredVertx.start(BusConfig.of(settings), node.edge() > 0)
        .compose(
            vertx -> {
              stop.add(Stage.STORES_AND_BUS, "the event bus", vertx::close);
              Services services =
                  new Services(
                      vertx,
                      ClusteredVertx.nodeId(vertx),
                      settings,
                      node,
                      directory.instanceId(),
                      metrics,
                      stop);
              Promise<DataKeys> keys = Promise.promise();
              Future<Void> onMongo = deployOnMongo(vertx, stores, config, services, keys.future());
              Future<ShardTable> onCassandra = deployOnCassandra(vertx, stores, services, keys);
              onCassandra.onSuccess(table -> readiness.cutOffWhen(table::isCutOff));
              return serveManagement(vertx, management, metrics)
                  .compose(served -> Future.all(onMongo, onCassandra))
                  .compose(deployed -> services.deployEdge(onCassandra.result()))
                  .onSuccess(
                      deployed -> {
                        useNativeCrypto(vertx);
                        services.started();
                      });
            })
        .map(
            deployed -> {
              edge = deployed;
              readiness.started();
              return this;
            });
  }

  /** Not waited for: until then the JDK encrypts. */
  private static void useNativeCrypto(Vertx vertx) {
    vertx
        .executeBlocking(
            () -> {
              AesGcm.useNative();
              return true;
            })
        .onFailure(failure -> LOG.warn("Native AES-GCM was not loaded", failure));
  }

  private void checkEdgePorts(NodeConfig node) {
    EdgeConfig config = EdgeConfig.of(settings);
    if (node.edge() > 0) {
      ListenPorts.checkFree("HTTP", config.httpHost(), config.httpPort(), "http.port");
      ListenPorts.checkFree("TCP", config.tcpHost(), config.tcpPort(), "tcp.port");
    }
  }

  private Future<Void> deployOnMongo(
      Vertx vertx, Stores stores, StoresConfig config, Services services, Future<DataKeys> keys) {
    return Future.fromCompletionStage(stores.mongo())
        .compose(
            uri -> {
              MongoClient mongo =
                  MongoClient.create(
                      vertx,
                      new JsonObject()
                          .put("connection_string", uri)
                          .put("db_name", config.mongo().database())
                          .put("serverSelectionTimeoutMS", MONGO_TIMEOUT.toMillis())
                          .put("connectTimeoutMS", MONGO_TIMEOUT.toMillis())
                          .put("socketTimeoutMS", MONGO_SOCKET_TIMEOUT.toMillis())
                          .put("waitQueueTimeoutMS", MONGO_TIMEOUT.toMillis()));
              stop.add(Stage.CLIENTS, "MongoDB's client", mongo::close);
              JsonObject ping = new JsonObject().put("ping", 1);
              probe(
                  vertx,
                  new StoreProbe(
                      "MongoDB", () -> mongo.runCommand("ping", ping), System::nanoTime));
              StartupRetry retry = new StartupRetry(vertx, "MongoDB", progress);
              return retry
                  .run(() -> services.prepareUms(mongo))
                  .compose(prepared -> keys)
                  .compose(opened -> retry.run(() -> services.deployUms(mongo, opened)));
            });
  }

  private Future<ShardTable> deployOnCassandra(
      Vertx vertx, Stores stores, Services services, Promise<DataKeys> keys) {
    StartupRetry retry = new StartupRetry(vertx, "Cassandra", progress);
    return Future.fromCompletionStage(stores.cassandra())
        .compose(config -> retry.run(() -> CassandraStore.connect(vertx, config)))
        .onSuccess(
            store -> {
              stop.add(Stage.CLIENTS, "Cassandra's client", store::close);
              probe(vertx, new StoreProbe("Cassandra", store::ping, System::nanoTime));
            })
        .compose(store -> deployWithStore(retry, services, store, keys))
        .onFailure(keys::tryFail);
  }

  private Future<ShardTable> deployWithStore(
      StartupRetry retry, Services services, CassandraStore store, Promise<DataKeys> openedKeys) {
    Future<DataKeys> keys =
        retry
            .run(() -> KeyTable.prepare(store))
            .compose(prepared -> retry.run(() -> services.startKeys(prepared)))
            .onComplete(openedKeys);
    // Renewals of the lease must not wait behind messages.
    Future<CassandraStore> leases =
        retry
            .run(store::openSeparate)
            .onSuccess(opened -> stop.add(Stage.CLIENTS, "the leases' client", opened::close));
    Future<ShardTable> table = leases.compose(services::deployTable);
    Future<Void> mss =
        Future.all(keys, table)
            .compose(
                both -> retry.run(() -> services.deployMss(store, table.result(), keys.result())));
    Future<Void> fss = keys.compose(started -> retry.run(() -> services.deployFss(store, started)));
    Future<Void> mds =
        table.compose(deployed -> retry.run(() -> services.deployMds(leases.result(), deployed)));
    return Future.join(mss, fss, mds)
        .onSuccess(deployed -> services.afterStart("Cassandra's schema", store::routeByToken))
        .compose(deployed -> table);
  }

  /** Asks a store now and then, until the bus ends. */
  private void probe(Vertx vertx, StoreProbe probe) {
    readiness.watch(probe);
    vertx.setPeriodic(StoreProbe.PERIOD.toMillis(), tick -> probe.ask());
  }

  private Future<HttpServer> serveManagement(
      Vertx vertx, ManagementConfig config, PrometheusMeterRegistry metrics) {
    return new ManagementServer(readiness, metrics)
        .listen(vertx, config)
        .onSuccess(server -> managementPort = server.actualPort());
  }

  /** What is printed when clients may come. */
  public String readyLine() {
    Edge serving = edge;
    if (serving == null) {
      return "Jovial is ready: a node without an edge";
    }
    EdgeConfig config = EdgeConfig.of(settings);
    return "Jovial is ready: http://%s:%d (TCP %s:%d)"
        .formatted(
            reachable(config.httpHost()),
            serving.httpPort(),
            reachable(config.tcpHost()),
            serving.tcpPort());
  }

  /** A host that one can type, for a server that listens on all of them. */
  private static String reachable(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }

  /** The port of HTTP, WebSocket and SockJS; 0 on a node without an edge. */
  public int httpPort() {
    Edge serving = edge;
    return serving == null ? 0 : serving.httpPort();
  }

  /** The port of the TCP bridge; 0 on a node without an edge. */
  public int tcpPort() {
    Edge serving = edge;
    return serving == null ? 0 : serving.tcpPort();
  }

  /** The port of health and metrics. */
  public int managementPort() {
    return managementPort;
  }

  /** Completes with the reason when the node can no longer serve; it must be closed then. */
  public CompletableFuture<String> failed() {
    return failed.copy();
  }

  /** Stops everything in order, within 15 s; never fails, and may be called at any time. */
  public Future<Void> close() {
    LOG.info("The node stops");
    readiness.stopping();
    return Future.fromCompletionStage(stop.run());
  }
}
