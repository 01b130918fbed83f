package chat.jovial.server;

import chat.jovial.config.Settings;
import chat.jovial.embedded.EmbeddedStores;
import chat.jovial.embedded.Ports;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Several nodes in this JVM, on one embedded Cassandra and one MongoDB wire server. Blocks. */
final class TestCluster implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;
  private static final int MAX_NODES = 3;

  private final Path folder;
  private final EmbeddedStores stores;
  private final List<Integer> clusterPorts = Ports.free("127.0.0.1", MAX_NODES);
  private final List<JovialServer> nodes = new ArrayList<>();
  private String appKey = "";

  TestCluster(Path folder, int size) throws Exception {
    this.folder = folder;
    stores = EmbeddedStores.start(folder.resolve("stores")).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    for (int i = 0; i < size; i++) {
      nodes.add(null);
      start(i);
    }
    appKey =
        api(0)
            .ok("ums.app.register", new JsonObject().put("name", "Test"), null)
            .getString("app_key");
  }

  JovialServer node(int index) {
    return nodes.get(index);
  }

  Api api(int index) {
    return new Api(node(index).httpPort());
  }

  /** Starts a node, again if it was stopped; it takes part when this returns. */
  void start(int index) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("data.dir", folder.resolve("node-" + index).toString());
    List.of("http.port", "tcp.port", "management.port").forEach(port -> settings.put(port, "0"));
    settings.put("cluster.port", clusterPorts.get(index).toString());
    settings.put(
        "cluster.members",
        String.join(",", clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList()));
    settings.put("cassandra.contact_points", contactPoint());
    settings.put("cassandra.replication", "1");
    settings.put("mongo.uri", stores.mongo().connectionString());
    settings.put("edge.webroot", Path.of("../webroot").toAbsolutePath().toString());
    nodes.set(index, await(JovialServer.start(Settings.of(settings))));
  }

  /** A graceful stop. */
  void stop(int index) throws Exception {
    await(nodes.get(index).close());
  }

  /** A new user, with a token for a device of that name. */
  User user(String device) {
    JsonObject account = new JsonObject().put("app_key", appKey).put("password", "correct horse");
    String userId = api(0).ok("ums.user.register", account, null).getString("user_id");
    return new User(userId, token(userId, device));
  }

  String token(String userId, String device) {
    JsonObject login =
        new JsonObject()
            .put("app_key", appKey)
            .put("user_id", userId)
            .put("password", "correct horse")
            .put("device_id", device);
    return api(0).ok("ums.user.login", login, null).getString("user_token");
  }

  record User(String id, String token) {}

  /** How many shards a node says that it owns. */
  int shardsOf(int index) {
    return new Api(node(index).managementPort())
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("jovial_shards_owned"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private String contactPoint() {
    var address = stores.cassandra().contactPoint();
    return address.getHostString() + ":" + address.getPort();
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    for (JovialServer node : nodes) {
      if (node != null) {
        await(node.close());
      }
    }
    stores.close();
  }
}
