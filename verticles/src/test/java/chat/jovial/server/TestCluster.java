package chat.jovial.server;

import chat.jovial.config.Settings;
import chat.jovial.embedded.Ports;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.stores.StoresExtension;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Several nodes in this JVM, on the stores of their test class. Blocks. */
final class TestCluster implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;
  private static final int MAX_NODES = 3;

  private final Path folder;
  private final StoresExtension stores;
  private final List<Integer> clusterPorts = Ports.free("127.0.0.1", MAX_NODES);
  private final List<JovialServer> nodes = new ArrayList<>();
  private String appKey = "";

  TestCluster(StoresExtension stores, Path folder, int size) throws Exception {
    this.folder = folder;
    this.stores = stores;
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
    Map<String, String> settings = settings("node-" + index, clusterPorts.get(index));
    nodes.set(index, await(JovialServer.start(Settings.of(settings))));
  }

  /** Starts one more node as a process of its own, which can be killed. */
  Launched launch(String name) throws IOException {
    Map<String, String> environment = new HashMap<>();
    settings(name, Ports.free("127.0.0.1", 1).get(0))
        .forEach(
            (key, value) ->
                environment.put("JOVIAL_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value));
    return new Launched(folder, environment, "start");
  }

  /**
   * Those of one more node.
   *
   * @param clusterPort 0 for a free one
   */
  Map<String, String> settingsOf(String name, int clusterPort) {
    return settings(name, clusterPort);
  }

  private Map<String, String> settings(String name, int clusterPort) {
    Map<String, String> settings = stores.settings(folder);
    settings.put("data.dir", folder.resolve(name).toString());
    settings.put("cluster.port", Integer.toString(clusterPort));
    settings.put(
        "cluster.members",
        String.join(",", clusterPorts.stream().map(port -> "127.0.0.1:" + port).toList()));
    settings.put("edge.webroot", Path.of("../webroot").toAbsolutePath().toString());
    return settings;
  }

  /** The part of a node that takes part in the membership of the cluster. */
  HazelcastInstance member(int index) {
    int port = clusterPorts.get(index);
    return Hazelcast.getAllHazelcastInstances().stream()
        .filter(any -> any.getCluster().getLocalMember().getAddress().getPort() == port)
        .findAny()
        .orElseThrow();
  }

  /** Cuts a node off from all others, but not from the stores and from clients. */
  BusCut cutOff(int index) {
    HazelcastInstance one = member(index);
    return new BusCut(
        one, Hazelcast.getAllHazelcastInstances().stream().filter(any -> any != one).toList());
  }

  /** The name of a node on the bus, by which others find it. */
  String nodeId(int index) {
    return member(index).getCluster().getLocalMember().getAttribute("__vertx.nodeId");
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

  /** What a balancer hears that asks whether the node may be sent clients. */
  HttpResponse<String> ready(int index) {
    return new Api(node(index).managementPort()).get("/health/ready");
  }

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
  }
}
