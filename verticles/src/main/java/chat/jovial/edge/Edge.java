package chat.jovial.edge;

import chat.jovial.access.FileTokenVerifier;
import chat.jovial.access.KeyRing;
import chat.jovial.access.Memberships;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.edge.files.FileDownloads;
import chat.jovial.edge.files.FilesDoor;
import chat.jovial.edge.files.FilesNode;
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

  /** How long clients have to take the news that they should go elsewhere. */
  private static final long DRAIN_MILLIS = 2 * ClientSession.CLOSE_MILLIS;

  /** How long a client's last requests may take. Whoever waits longer does better elsewhere. */
  private static final long ANSWER_MILLIS = 500;

  private static final long DRAIN_CHECK_MILLIS = 50;

  private final Vertx vertx;
  private final EdgeNode node;
  private final List<EdgeVerticle> verticles = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private volatile int httpPort;
  private volatile int tcpPort;

  private Edge(Vertx vertx, EdgeNode node) {
    this.vertx = vertx;
    this.node = node;
  }

  /**
   * Serves clients from when the future completes. The codecs must have been registered.
   *
   * @param instances event loops that serve clients
   * @param webroot folder of the web app
   */
  public static Future<Edge> deploy(
      Vertx vertx,
      EdgePlace place,
      EdgeConfig config,
      int instances,
      Path webroot,
      EdgeDocuments documents,
      MeterRegistry registry,
      Clock clock) {
    EdgeMetrics metrics = new EdgeMetrics(registry);
    SessionHub hub = new SessionHub(config.limits(), metrics, place.directory());
    ServiceClient services =
        new ServiceClient(vertx.eventBus(), config.callTimeout(), place.owners());
    ServiceClient pollClient = new ServiceClient(vertx.eventBus(), RevokedSessions.POLL_TIMEOUT);
    KeyRing keys = new KeyRing(vertx, services, clock);
    TokenVerifier tokens = new TokenVerifier(keys, hub.revoked(), clock);
    PresenceHub presence = new PresenceHub(services, place.directory());
    PresenceWatchers watchers = new PresenceWatchers(presence, services, clock);
    hub.onMove(watchers::moved);
    OperationGate gate = new OperationGate(services, tokens, config.limits(), place.cutOff());
    RateLimiter addressRate =
        new RateLimiter(config.limits().addressRate(), "HTTP requests from here", System::nanoTime);
    FilesDoor door = new EdgeFilesDoor(gate, services, addressRate);
    Memberships memberships = new Memberships();
    FileTokenVerifier fileTokens = new FileTokenVerifier(keys, memberships, clock);
    FileDownloads downloads =
        new FileDownloads(door, fileTokens, config.downloads(), registry, clock);
    EdgeNode node =
        new EdgeNode(
            config,
            gate,
            hub,
            presence,
            watchers,
            new FilesNode(
                vertx, door, config.files(), memberships, downloads, config.downloads(), registry),
            new ConnectionLimits(config.limits(), metrics),
            new ConnectionIds(),
            metrics,
            clock,
            place.cutOff());
    HttpPages pages = new HttpPages(new WebFiles(vertx, webroot), documents, keys::publicKeys);
    HttpApi api = new HttpApi(node, addressRate);
    Edge edge = new Edge(vertx, node);
    Supplier<EdgeVerticle> verticle =
        () -> {
          EdgeVerticle made = new EdgeVerticle(node, pages, api, edge::setPorts);
          edge.verticles.add(made);
          return made;
        };
    return vertx
        .deployVerticle(
            () -> new EdgeHubVerticle(hub, pollClient, place.node()), new DeploymentOptions())
        .onSuccess(edge.deployments::add)
        .compose(deployed -> vertx.deployVerticle(() -> watchers, new DeploymentOptions()))
        .onSuccess(
            deployed -> {
              edge.deployments.add(deployed);
              place.directory().onNodesChanged(watchers::lookAtAll);
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
    return node.connections().open();
  }

  /** Tells clients to reconnect elsewhere, closes their connections, then the servers. */
  public Future<Void> close() {
    LOG.info("Sending the clients of {} connections elsewhere", openChannels());
    for (EdgeVerticle verticle : verticles) {
      EdgeLoop loop = verticle.loop();
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
