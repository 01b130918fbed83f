package chat.jovial.server;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.config.Settings;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Operation;
import chat.jovial.server.launch.JovialServer;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server in this JVM, on the real embedded stores. */
class JovialServerIT {
  private static final long PATIENCE_SECONDS = 180;

  @TempDir Path folder;

  @Test
  void two_people_chat_over_every_transport_and_find_it_all_again_after_a_restart()
      throws Exception {
    String ann;
    String bob;
    JsonObject credentials;
    JovialServer server = await(JovialServer.start(settings()));
    try {
      Api api = new Api(server.httpPort());
      String appKey = api.ok("ums.app.register", json("name", "Test"), null).getString("app_key");
      credentials = json("app_key", appKey).put("password", "correct horse");
      ann = register(api, credentials, "ann");
      bob = register(api, credentials, "bob");
      String annToken = login(api, credentials, "ann");
      String bobToken = login(api, credentials, "bob");

      try (TcpPeer bobOnTcp = new TcpPeer(server.tcpPort());
          WebSocketPeer annOnWebSocket = new WebSocketPeer(server.httpPort())) {
        bobOnTcp.open(bobToken);
        annOnWebSocket.open(annToken);

        assertThat(
                annOnWebSocket.request("mds.send", message(bob, "over WebSocket")).getLong("seq"))
            .isEqualTo(1);
        assertText(bobOnTcp.nextEvent(), 1, ann, "over WebSocket");
        assertThat(bobOnTcp.request("mds.send", message(ann, "over TCP")).getLong("seq"))
            .isEqualTo(2);
        assertText(annOnWebSocket.nextEvent(), 2, bob, "over TCP");
        assertThat(api.ok("mds.send", message(bob, "over HTTP"), annToken).getLong("seq"))
            .isEqualTo(3);
        assertText(bobOnTcp.nextEvent(), 3, ann, "over HTTP");
      }
      assertServed(server);
    } finally {
      await(server.close());
    }

    JovialServer again = await(JovialServer.start(settings()));
    try {
      Api api = new Api(again.httpPort());
      String token = login(api, credentials, "bob");
      assertThat(texts(api.ok("mds.received", new JsonObject(), token)))
          .containsExactly("over HTTP", "over WebSocket");
      assertThat(texts(api.ok("mds.sent", new JsonObject(), token))).containsExactly("over TCP");
      assertThat(api.ok("mds.send", message(ann, "after the restart"), token).getLong("seq"))
          .isEqualTo(4);
    } finally {
      await(again.close());
    }
  }

  /** What the edge and the management serve beside the operations. */
  private static void assertServed(JovialServer server) {
    Api api = new Api(server.httpPort());
    HttpResponse<String> page = api.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy")).isPresent();
    assertThat(api.get("/docs").body()).contains("/webjars/swagger-ui/");
    assertThat(api.get("/docs/viewer.js").statusCode()).isEqualTo(200);
    assertThat(new JsonObject(api.get("/.well-known/jwks.json").body()).getJsonArray("keys"))
        .isNotEmpty();

    JsonObject paths = new JsonObject(api.get("/openapi.json").body()).getJsonObject("paths");
    for (Operation<?, ?> operation : Catalogue.CLIENT_PLANE) {
      String path = "/api/" + operation.name();
      assertThat(paths.containsKey(path)).as(path).isTrue();
      Api.Answer answer = api.call(operation.name(), new JsonObject(), null);
      assertThat(answer.status()).as("%s has a route: %s", path, answer).isIn(400, 401);
    }
    for (Operation<?, ?> operation : Catalogue.SERVICE_PLANE) {
      assertThat(api.call(operation.name(), new JsonObject(), null).status()).isEqualTo(404);
    }

    Api management = new Api(server.managementPort());
    assertThat(management.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(management.get("/metrics").body()).contains("# TYPE");
  }

  private Settings settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("data.dir", folder.resolve("data").toString());
    List.of("http.port", "tcp.port", "management.port", "cluster.port")
        .forEach(port -> settings.put(port, "0"));
    settings.put("cassandra.heap_mib", "512");
    settings.put("edge.webroot", Path.of("../webroot").toAbsolutePath().toString());
    return Settings.of(settings);
  }

  private static String register(Api api, JsonObject credentials, String username) {
    return api.ok("ums.user.register", credentials.copy().put("username", username), null)
        .getString("user_id");
  }

  private static String login(Api api, JsonObject credentials, String username) {
    return api.ok("ums.user.login", credentials.copy().put("username", username), null)
        .getString("user_token");
  }

  private static JsonObject message(String userId, String text) {
    return new JsonObject()
        .put("to", json("user_id", userId))
        .put("client_id", UUID.randomUUID().toString())
        .put("body", json("type", "text").put("text", text));
  }

  private static void assertText(JsonObject event, long seq, String sender, String text) {
    assertThat(event.getString("event")).isEqualTo("message");
    assertThat(event.getLong("seq")).isEqualTo(seq);
    assertThat(event.getString("sender_id")).isEqualTo(sender);
    assertThat(event.getJsonObject("body").getString("text")).isEqualTo(text);
  }

  private static List<String> texts(JsonObject page) {
    return page.getJsonArray("messages").stream()
        .map(entry -> ((JsonObject) entry).getJsonObject("body").getString("text"))
        .toList();
  }

  private static JsonObject json(String name, String value) {
    return new JsonObject().put(name, value);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
