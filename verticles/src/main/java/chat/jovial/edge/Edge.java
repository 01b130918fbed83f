package chat.jovial.edge;

import chat.jovial.access.FileTokenVerifier;
import chat.jovial.access.KeyRing;
import chat.jovial.access.Memberships;
import chat.jovial.contract.EdgeOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.edge.connection.ClientConnection;
import chat.jovial.edge.connection.ConnectionIds;
import chat.jovial.edge.connection.ConnectionLoop;
import chat.jovial.edge.connection.ConnectionRegistry;
import chat.jovial.edge.connection.EdgeContext;
import chat.jovial.edge.connection.EdgeMetrics;
import chat.jovial.edge.connection.FrameDispatcher;
import chat.jovial.edge.connection.NodeEventsVerticle;
import chat.jovial.edge.files.FileAccessGateway;
import chat.jovial.edge.files.download.FileDownloads;
import chat.jovial.edge.frames.CloseReason;
import chat.jovial.edge.http.EdgeDocuments;
import chat.jovial.edge.http.HttpApi;
import chat.jovial.edge.http.HttpFileAccessGateway;
import chat.jovial.edge.http.HttpPages;
import chat.jovial.edge.http.WebFiles;
import chat.jovial.edge.limits.ConnectionLimits;
import chat.jovial.edge.limits.EdgeLimits;
import chat.jovial.edge.limits.PartialBytes;
import chat.jovial.edge.limits.RateLimiter;
import chat.jovial.edge.network.TrustedProxies;
import chat.jovial.edge.operations.EdgeOperationHandlers;
import chat.jovial.edge.operations.OperationAuthorizer;
import chat.jovial.edge.operations.RevokedSessions;
import chat.jovial.edge.operations.SessionOpener;
import chat.jovial.edge.operations.TokenVerifier;
import chat.jovial.edge.presence.PresenceReader;
import chat.jovial.edge.presence.PresenceSubscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge of one node: its verticles, deployed together. */
public final class Edge {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  /** How long clients have to receive that they should go elsewhere. */
  private static final long DRAIN_MILLIS = 2 * ClientConnection.CLOSE_MILLIS;

  /** How long a client's last requests may take. Whoever waits longer does better elsewhere. */
  private static final long ANSWER_MILLIS = 500;

  private static final long DRAIN_CHECK_MILLIS = 50;

  private final Vertx vertx;
  private final ConnectionLimits connections;
  private final List<EdgeVerticle> verticles = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private volatile int httpPort;
  private volatile int tcpPort;

  private Edge(Vertx vertx, ConnectionLimits connections) {
    this.vertx = vertx;
    this.connections = connections;
  }

  /**
   * Serves clients from when the future completes. The codecs must have been registered.
   *
   * @param instances event loops that serve clients
   * @param webroot folder of the web app
   */
  public static Future<Edge> deploy(
      Vertx vertx,
      ClusterView cluster,
      EdgeConfig config,
      int instances,
      Path webroot,
      EdgeDocuments documents,
      MeterRegistry registry,
      Clock clock) {
    EdgeLimits limits = config.limits();
    EdgeMetrics metrics = new EdgeMetrics(registry);
    ServiceClient services =
        new ServiceClient(vertx.eventBus(), config.callTimeout(), cluster.owners());
    ServiceClient pollClient = new ServiceClient(vertx.eventBus(), RevokedSessions.POLL_TIMEOUT);
    KeyRing keys = new KeyRing(vertx, services, clock);
    RevokedSessions revoked = new RevokedSessions();
    TokenVerifier tokens = new TokenVerifier(keys, revoked, clock);
    PresenceSubscriptions presence =
        new PresenceSubscriptions(
            new PresenceReader(services, cluster.directory()), services, clock);
    ConnectionRegistry connections =
        new ConnectionRegistry(
            limits, metrics, cluster.directory(), presence::onDeviceCountChanged);
    SessionOpener sessions =
        new SessionOpener(tokens, config.pingInterval(), config.publicUrl().orElse(null), clock);
    EdgeOperationHandlers own =
        new EdgeOperationHandlers()
            .on(EdgeOperations.SESSION_OPEN, sessions::open)
            .on(EdgeOperations.PRESENCE_WATCH, presence::watch)
            .checkComplete();
    OperationAuthorizer operations =
        new OperationAuthorizer(services, own, tokens, limits, cluster.cutOff());
    TrustedProxies proxies = new TrustedProxies(config.trustedProxies());
    ConnectionLimits open = new ConnectionLimits(limits, proxies, registry);
    long maxPartial = limits.maxPartialBytes();
    EdgeContext context =
        new EdgeContext(
            limits,
            config.pingInterval(),
            new FrameDispatcher(operations),
            connections,
            revoked,
            new ConnectionIds(),
            open,
            proxies,
            new PartialBytes(maxPartial, maxPartial / 4, registry),
            metrics,
            cluster.cutOff());
    RateLimiter addressRate =
        new RateLimiter(limits.addressRate(), "HTTP requests from here", System::nanoTime);
    FileAccessGateway gateway =
        new HttpFileAccessGateway(operations, services, proxies, addressRate);
    Memberships memberships = new Memberships();
    FileTokenVerifier fileTokens = new FileTokenVerifier(keys, memberships, clock);
    FileDownloads downloads =
        new FileDownloads(gateway, fileTokens, config.downloads(), registry, clock);
    FileRoutes files =
        new FileRoutes(
            vertx, gateway, config.files(), memberships, downloads, config.downloads(), registry);
    HttpPages pages =
        new HttpPages(
            proxies, addressRate, new WebFiles(vertx, webroot), documents, keys::publicKeys);
    HttpApi api = new HttpApi(operations, metrics, proxies, addressRate);
    Edge edge = new Edge(vertx, open);
    Supplier<EdgeVerticle> verticle =
        () -> {
          EdgeVerticle made =
              new EdgeVerticle(
                  config,
                  context,
                  clock,
                  (vertxOfVerticle, loop) ->
                      new EdgeRoutes(vertxOfVerticle, config, context, loop, files, pages, api),
                  edge::setPorts);
          edge.verticles.add(made);
          return made;
        };
    return vertx
        .deployVerticle(
            () -> new NodeEventsVerticle(connections, revoked, pollClient, cluster.node()),
            new DeploymentOptions())
        .onSuccess(edge.deployments::add)
        .compose(deployed -> vertx.deployVerticle(() -> presence, new DeploymentOptions()))
        .onSuccess(
            deployed -> {
              edge.deployments.add(deployed);
              cluster.directory().onNodesChanged(presence::refreshAll);
            })
        .compose(
            deployed ->
                vertx.deployVerticle(verticle, new DeploymentOptions().setInstances(instances)))
        .onSuccess(edge.deployments::add)
        .map(edge);
  }

  public int httpPort() {
    return httpPort;
  }

  public int tcpPort() {
    return tcpPort;
  }

  /** Connections of all kinds that are open. */
  int openChannels() {
    return connections.open();
  }

  /** Sends clients elsewhere, closes their connections, then the servers. */
  public Future<Void> close() {
    LOG.info("Sending the clients of {} connections elsewhere", openChannels());
    for (EdgeVerticle verticle : verticles) {
      ConnectionLoop loop = verticle.loop();
      loop.run(() -> loop.closeAll(CloseReason.GOING_AWAY, ANSWER_MILLIS));
    }
    Promise<Void> drained = Promise.promise();
    awaitDrained(drained, DRAIN_MILLIS);
    return drained
        .future()
        .compose(
            nothing -> Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty());
  }

  private void awaitDrained(Promise<Void> drained, long leftMillis) {
    if (leftMillis <= 0 || openChannels() == 0) {
      drained.complete();
    } else {
      vertx.setTimer(
          DRAIN_CHECK_MILLIS, fired -> awaitDrained(drained, leftMillis - DRAIN_CHECK_MILLIS));
    }
  }

  private void setPorts(int http, int tcp) {
    httpPort = http;
    tcpPort = tcp;
  }
}
