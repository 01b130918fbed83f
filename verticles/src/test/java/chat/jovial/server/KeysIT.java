package chat.jovial.server;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.config.Settings;
import chat.jovial.server.command.StoredKeys;
import chat.jovial.server.launch.JovialServer;
import chat.jovial.server.launch.StartFailure;
import chat.jovial.stores.StoresExtension;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with keys, on two nodes that run. */
class KeysIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  @TempDir Path folder;

  @Test
  void a_master_key_is_changed_and_a_user_erased_while_nodes_run() throws Exception {
    try (TestCluster cluster = new TestCluster(STORES, folder, 2)) {
      TestCluster.User ann = cluster.user("phone");
      TestCluster.User bob = cluster.user("phone");
      String conversation = send(cluster, ann, bob);
      send(cluster, bob, ann);
      Map<String, String> settings = cluster.settingsOf("another", 0);

      Path file = folder.resolve("master.key");
      assertThat(keys(settings, "status")).isZero();
      String former = StoredKeys.of(Settings.of(settings)).with(k -> k.status()).wrapsWith();
      putFirst(file, new byte[32]);
      assertThat(keys(settings, "rotate")).isZero();
      var status = StoredKeys.of(Settings.of(settings)).with(k -> k.status());
      assertThat(status.used()).containsExactly(status.wrapsWith()).doesNotContain(former);
      assertThat(status.keysByMaster()).containsOnly(Map.entry(status.wrapsWith(), 3L));
      await("node 0 reads both bodies with the new master key")
          .until(
              () -> removed(cluster, 0, bob, conversation),
              removed -> removed.equals(List.of("", "")));

      assertThat(keys(settings, "destroy", "user", ann.id(), "--yes")).isZero();
      for (int node : new int[] {0, 1}) {
        await("node " + node + " no longer reads the erased body")
            .until(
                () -> removed(cluster, node, bob, conversation),
                removed -> removed.equals(List.of("erased", "")));
      }
      await("a send with the destroyed key is refused")
          .until(() -> trySend(cluster, ann, bob).status(), answer -> answer == 410);
      assertThat(StoredKeys.of(Settings.of(settings)).with(k -> k.status()).destroyed())
          .containsExactly("user " + ann.id());

      settings.put("keys.master_file", folder.resolve("of-nobody.key").toString());
      assertRefused(settings, "There is no file");
      Files.writeString(folder.resolve("of-nobody.key"), key(1));
      assertRefused(settings, "The keys in Cassandra are wrapped with");
    }
  }

  @Test
  void what_is_no_id_is_not_destroyed() {
    assertThat(keys(Map.of(), "destroy", "user", "d.everything", "--yes")).isEqualTo(2);
    assertThat(keys(Map.of(), "destroy", "space", "x", "--yes")).isEqualTo(2);
    assertThat(keys(Map.of("data.dir", folder.toString()), "status")).isEqualTo(1);
  }

  private static void assertRefused(Map<String, String> settings, String why) {
    assertThatThrownBy(() -> TestCluster.await(JovialServer.start(Settings.of(settings))))
        .satisfies(
            failure -> assertThat(StartFailure.explain(failure)).contains(why).contains("Copy"));
  }

  private static int keys(Map<String, String> settings, String... arguments) {
    Stream<String> flags =
        settings.entrySet().stream()
            .map(e -> "--" + e.getKey().replaceAll("[._]", "-") + "=" + e.getValue());
    List<String> all = new ArrayList<>(List.of("keys"));
    all.addAll(List.of(arguments));
    flags.forEach(all::add);
    return Main.commandLine().execute(all.toArray(String[]::new));
  }

  private static String send(TestCluster cluster, TestCluster.User from, TestCluster.User to) {
    Api.Answer answer = trySend(cluster, from, to);
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().getString("conversation_id");
  }

  private static Api.Answer trySend(
      TestCluster cluster, TestCluster.User from, TestCluster.User to) {
    JsonObject message =
        new JsonObject()
            .put("to", new JsonObject().put("user_id", to.id()))
            .put("body", new JsonObject().put("type", "text").put("text", "the plans"));
    return cluster.api(0).call("mds.send", message, from.token());
  }

  /** Of the first two entries why they are gone; empty text where one is there. */
  private static List<String> removed(
      TestCluster cluster, int node, TestCluster.User reader, String conversation) {
    Api.Answer page =
        cluster
            .api(node)
            .call(
                "mss.history",
                new JsonObject().put("conversation_id", conversation).put("after", 0),
                reader.token());
    JsonArray entries = page.body().getJsonArray("entries", new JsonArray());
    return entries.stream()
        .limit(2)
        .map(entry -> ((JsonObject) entry).getString("removed", ""))
        .toList();
  }

  private static void putFirst(Path file, byte[] key) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.add(0, Base64.getEncoder().encodeToString(key));
    Files.write(file, lines);
  }

  private static String key(int value) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) value;
    return Base64.getEncoder().encodeToString(bytes);
  }
}
