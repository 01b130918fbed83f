package chat.jovial.edge;

import chat.jovial.access.TestTokens;
import chat.jovial.config.Settings;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.edge.frames.CloseReason;
import chat.jovial.edge.http.EdgeDocuments;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** An edge on free ports, with doubles of the services, and a Vert.x for the clients. */
final class EdgeFixture implements AutoCloseable {
  final Vertx server = Vertx.vertx();
  final Vertx clients = Vertx.vertx();
  final TestTokens tokens = new TestTokens(server, "key-1");
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final AtomicBoolean cutOff = new AtomicBoolean();
  final TestServices services;
  final Edge edge;

  EdgeFixture(Map<String, String> settings) {
    Codecs.register(server.eventBus());
    services = new TestServices(server, tokens);
    Map<String, String> all = new HashMap<>(Map.of("http.port", "0", "tcp.port", "0"));
    all.putAll(settings);
    edge =
        Edge.deploy(
                server,
                place(),
                EdgeConfig.of(Settings.of(all)),
                2,
                Path.of("../webroot"),
                new EdgeDocuments(
                    () -> Future.succeededFuture(Buffer.buffer("{}")),
                    () -> Future.succeededFuture(Buffer.buffer("<!doctype html><title>docs"))),
                registry,
                Clock.systemUTC())
            .await();
  }

  private ClusterView place() {
    ClusterView alone = ClusterView.alone();
    return new ClusterView(alone.node(), alone.owners(), alone.directory(), cutOff::get);
  }

  TestClient connect(TransportKind kind) {
    return kind.connect(clients, edge);
  }

  TestClient logIn(TransportKind kind, String userId, String deviceId) {
    String token = tokens.userToken(userId, deviceId);
    return connect(kind).logIn(token);
  }

  double count(String name) {
    return registry.get(name).counter().count();
  }

  double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  double closed(CloseReason reason) {
    return registry
        .get("jovial.edge.closed")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .counter()
        .count();
  }

  @Override
  public void close() {
    // The edge first: a client that is closed while it has connections waits 30 s for their end.
    if (!server.deploymentIDs().isEmpty()) {
      edge.close().await();
    }
    clients.close().await();
    server.close().await();
  }
}
