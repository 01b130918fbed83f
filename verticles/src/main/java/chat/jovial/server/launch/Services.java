package chat.jovial.server.launch;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cluster.Claims;
import chat.jovial.cluster.ClusterConfig;
import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.cluster.OwnershipVerticle;
import chat.jovial.cluster.ShardTable;
import chat.jovial.config.ProjectHome;
import chat.jovial.config.Settings;
import chat.jovial.contract.Json;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.edge.ClusterView;
import chat.jovial.edge.Edge;
import chat.jovial.edge.EdgeConfig;
import chat.jovial.edge.http.EdgeDocuments;
import chat.jovial.fss.Fss;
import chat.jovial.fss.FssConfig;
import chat.jovial.fss.FssVerticle;
import chat.jovial.fss.SweeperVerticle;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.KeyTable;
import chat.jovial.keys.KeysConfig;
import chat.jovial.limits.DiskGuard;
import chat.jovial.mds.AppendGuard;
import chat.jovial.mds.ByteRates;
import chat.jovial.mds.MdsConfig;
import chat.jovial.mds.MdsInbox;
import chat.jovial.mds.MdsVerticle;
import chat.jovial.mds.push.PushSender;
import chat.jovial.mss.MssVerticle;
import chat.jovial.mss.PageLimiters;
import chat.jovial.openapi.OpenApi;
import chat.jovial.openapi.Viewer;
import chat.jovial.server.launch.StopSequence.Stage;
import chat.jovial.server.settings.NodeConfig;
import chat.jovial.server.settings.StoresConfig;
import chat.jovial.ums.Ums;
import chat.jovial.ums.UmsConfig;
import chat.jovial.ums.UmsVerticle;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mongo.MongoClient;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deployment of the verticles of the services on this node, and their place in the stop sequence.
 */
final class Services {
  private static final Logger LOG = LoggerFactory.getLogger(Services.class);

  /**
   * Longer than a lease and a store's limit for a request together, so that a sender hears what
   * became of the message rather than that nobody knows.
   */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

  /** Shards that this node owns; all nodes together have 256, but for moments. */
  private static final String SHARDS_OWNED = "jovial.shards.owned";

  /** Pushes given up because another node did not take them; devices find them by their gaps. */
  private static final String PUSHES_DROPPED = "jovial.mds.pushes_dropped";

  private record Deferred(String name, Supplier<Future<Void>> work) {}

  private final Vertx vertx;
  private final Settings settings;
  private final NodeConfig node;
  private final String instanceId;
  private final MeterRegistry metrics;
  private final StopSequence stop;
  private final String nodeId;
  private final DeviceDirectory directory;
  private final Clock clock = NodeClock.ofThisNode();
  private final DiskGuard disk;
  private final Claims claims;
  private final List<Deferred> afterStart = new CopyOnWriteArrayList<>();

  /**
   * @param nodeId this node's id on the bus, another one at each start
   */
  Services(
      Vertx vertx,
      String nodeId,
      Settings settings,
      NodeConfig node,
      String instanceId,
      MeterRegistry metrics,
      StopSequence stop) {
    this.vertx = vertx;
    this.nodeId = nodeId;
    this.directory = ClusteredVertx.directory(vertx, metrics);
    this.settings = settings;
    this.claims = Claims.of(ClusterConfig.of(settings), clock);
    Gauge.builder(SHARDS_OWNED, claims, Claims::count).register(metrics);
    this.node = node;
    this.instanceId = instanceId;
    this.metrics = metrics;
    this.stop = stop;
    this.disk = watchDisk(StoresConfig.of(settings));
  }

  /** Looks at the disk of the embedded stores from now on. */
  private DiskGuard watchDisk(StoresConfig stores) {
    if (!stores.isAnyEmbedded()) {
      return DiskGuard.none(metrics);
    }
    File folder = node.dataDirectory().toFile();
    DiskGuard guard =
        new DiskGuard(folder::getUsableSpace, (long) stores.minFreeMiB() << 20, metrics, clock);
    vertx.setPeriodic(
        0,
        DiskGuard.PERIOD.toMillis(),
        tick ->
            vertx
                .executeBlocking(
                    () -> {
                      guard.poll();
                      return guard;
                    })
                .onFailure(failure -> LOG.warn("The disk could not be looked at", failure)));
    return guard;
  }

  /**
   * Adds work that can wait until the node serves: nothing fails without it, some things are
   * slower.
   */
  void afterStart(String name, Supplier<Future<Void>> work) {
    afterStart.add(new Deferred(name, work));
  }

  /** The node serves. */
  void started() {
    afterStart.forEach(
        deferred ->
            deferred
                .work()
                .get()
                .onFailure(
                    failure ->
                        LOG.warn("{} was not read: {}", deferred.name(), failure.toString())));
  }

  /** The indexes of UMS, for which nothing else must be there. */
  Future<Void> prepareUms(MongoClient mongo) {
    return node.ums() == 0 ? Future.succeededFuture() : Ums.prepare(mongo);
  }

  Future<Void> deployUms(MongoClient mongo, DataKeys keys) {
    if (node.ums() == 0) {
      return Future.succeededFuture();
    }
    return Ums.start(vertx, UmsConfig.of(settings), mongo, keys.masters(), metrics, clock)
        .compose(
            ums -> {
              stop.add(Stage.CLIENTS, "user management", ums::close);
              return deploy(Stage.SERVICES, "UMS", node.ums(), () -> new UmsVerticle(ums));
            });
  }

  /** What this node knows of who owns which conversations; others of its verticles need it. */
  Future<ShardTable> deployTable(CassandraStore leases) {
    ShardTable table =
        new ShardTable(ClusterConfig.of(settings), leases, nodeId, directory::isMember, claims);
    return deploy(Stage.OWNERSHIP, "the table of shards", 1, () -> table).map(table);
  }

  /**
   * The keys of what is stored encrypted.
   *
   * @param prepared what the store is asked with
   */
  Future<DataKeys> startKeys(KeyTable prepared) {
    return DataKeys.start(vertx, prepared, KeysConfig.of(settings, node.dataDirectory()));
  }

  Future<Void> deployMss(CassandraStore cassandra, ShardTable table, DataKeys keys) {
    PageLimiters limiters = PageLimiters.create(node.mss(), metrics);
    return deploy(
        Stage.SERVICES,
        "MSS",
        node.mss(),
        () -> new MssVerticle(cassandra, keys, client(table), limiters, metrics, clock));
  }

  /** The file store, with one sweeper on each node. */
  Future<Void> deployFss(CassandraStore cassandra, DataKeys keys) {
    if (node.fss() == 0) {
      return Future.succeededFuture();
    }
    return Fss.start(vertx, cassandra, keys, FssConfig.of(settings), disk, metrics, clock)
        .compose(
            fss -> {
              stop.add(Stage.CLIENTS, "the file store", fss::close);
              afterStart("the file store's schema", fss::routeByToken);
              return deploy(Stage.SERVICES, "FSS", node.fss(), () -> new FssVerticle(fss))
                  .compose(
                      deployed ->
                          deploy(
                              Stage.SERVICES,
                              "the sweeper of files",
                              1,
                              () -> new SweeperVerticle(fss)));
            });
  }

  /** The lease of this process, and the verticles that serve the shards which it owns. */
  Future<Void> deployMds(CassandraStore leases, ShardTable table) {
    if (node.mds() == 0) {
      return Future.succeededFuture();
    }
    OwnershipVerticle lease =
        new OwnershipVerticle(ClusterConfig.of(settings), leases, table, claims, instanceId, clock);
    MdsConfig config = MdsConfig.of(settings);
    ServiceClient services = client(table);
    AtomicInteger next = new AtomicInteger();
    AppendGuard guard =
        new AppendGuard(
            disk,
            new ByteRates(
                config.userMiBPerMinute(), config.appMiBPerMinute(), metrics, System::nanoTime));
    Counter dropped = Counter.builder(PUSHES_DROPPED).register(metrics);
    Supplier<MdsVerticle> mds =
        () ->
            new MdsVerticle(
                config,
                claims,
                services,
                clock,
                new PushSender(vertx, nodeId, directory, dropped),
                guard,
                next.getAndIncrement(),
                node.mds());
    // The lease first: it can fail, and is tried again then, with nothing left behind.
    return deploy(Stage.OWNERSHIP, "the lease", 1, () -> lease)
        .compose(
            owning -> {
              stop.add(Stage.HAND_OVER, "the conversations' owner", lease::handOver);
              return deploy(Stage.MDS, "MDS", node.mds(), mds);
            })
        .compose(
            deployed ->
                deploy(
                    Stage.MDS, "MDS's inbox", 1, () -> new MdsInbox(nodeId, claims, CALL_TIMEOUT)));
  }

  private ServiceClient client(ShardTable table) {
    return new ServiceClient(vertx.eventBus(), CALL_TIMEOUT, table);
  }

  /** Serves clients; nothing if this node is to serve none. */
  Future<@Nullable Edge> deployEdge(ShardTable table) {
    if (node.edge() == 0) {
      return Future.succeededFuture();
    }
    EdgeConfig config = EdgeConfig.of(settings);
    EdgeDocuments documents =
        new EdgeDocuments(
            new Memoized(
                vertx, () -> Buffer.buffer(Json.write(OpenApi.document(Version.current())))),
            new Memoized(vertx, () -> Buffer.buffer(Viewer.page())));
    return Edge.deploy(
            vertx,
            new ClusterView(nodeId, table, directory, table::isCutOff),
            config,
            node.edge(),
            ProjectHome.path().resolve(config.webroot()),
            documents,
            metrics,
            clock)
        .onSuccess(edge -> stop.add(Stage.EDGE, "the edge", edge::close))
        .map(edge -> edge);
  }

  private Future<Void> deploy(
      Stage stage, String name, int instances, Supplier<? extends Deployable> verticle) {
    if (instances == 0) {
      return Future.succeededFuture();
    }
    return vertx
        .deployVerticle(verticle, new DeploymentOptions().setInstances(instances))
        .map(
            id -> {
              stop.add(stage, name, () -> vertx.undeploy(id));
              return null;
            });
  }
}
