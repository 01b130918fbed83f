package chat.jovial.server;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Ids;
import chat.jovial.contract.Shards;
import chat.jovial.stores.StoresExtension;
import com.fasterxml.uuid.Generators;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes in one JVM, on the real embedded stores. */
class ClusterIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final int PAIRS = 12;

  @TempDir static Path folder;

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster(STORES, folder, 3);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void shards_are_shared_out_fairly_and_no_message_is_lost_or_moved_while_they_are()
      throws Exception {
    awaitShares(86);
    TestCluster.User ann = cluster.user("phone");
    List<TestCluster.User> others = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      others.add(cluster.user("phone"));
    }
    assertThat(
            others.stream()
                .map(user -> Shards.of(Ids.directConversation(ann.id(), user.id())))
                .distinct()
                .count())
        .isGreaterThan(PAIRS / 2);
    AtomicBoolean stop = new AtomicBoolean();
    List<CompletableFuture<List<JsonObject>>> senders = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      TestCluster.User other = others.get(i);
      int node = i % 2;
      senders.add(CompletableFuture.supplyAsync(() -> sendUntil(stop, node, ann, other)));
    }
    cluster.stop(2);
    awaitShares(128, 0, 1);
    cluster.start(2);
    awaitShares(86);
    stop.set(true);
    for (int i = 0; i < PAIRS; i++) {
      List<JsonObject> told = senders.get(i).get();
      assertThat(told).isNotEmpty();
      for (int n = 0; n < told.size(); n++) {
        assertThat(told.get(n).getLong("seq")).isEqualTo(n + 1);
      }
      assertThat(history(2, others.get(i), told.get(0).getString("conversation_id")))
          .containsExactlyElementsOf(
              told.stream().map(stored -> stored.getString("client_id")).toList());
    }
  }

  @Test
  void devices_on_all_nodes_get_a_message_whoever_owns_its_conversation() throws Exception {
    awaitShares(86);
    TestCluster.User ann = cluster.user("phone");
    Set<Integer> shards = new HashSet<>();
    try (TcpPeer annOnA = new TcpPeer(cluster.node(0).tcpPort())) {
      annOnA.open(ann.token());
      for (int i = 0; i < PAIRS; i++) {
        TestCluster.User bob = cluster.user("laptop");
        shards.add(Shards.of(Ids.directConversation(ann.id(), bob.id())));
        try (TcpPeer bobOnB = new TcpPeer(cluster.node(1).tcpPort());
            WebSocketPeer bobOnC = new WebSocketPeer(cluster.node(2).httpPort())) {
          bobOnB.open(bob.token());
          bobOnC.open(cluster.token(bob.id(), "phone"));
          JsonObject stored = annOnA.request("mds.send", message(bob.id(), "to both"));
          assertThat(stored.getLong("seq")).isEqualTo(1);
          assertText(bobOnB.nextEvent(), 1, "to both");
          assertText(bobOnC.nextEvent(), 1, "to both");
          bobOnC.request("mds.send", message(ann.id(), "back"));
          assertText(annOnA.nextEvent(), 2, "back");
          assertText(bobOnB.nextEvent(), 2, "back");
        }
      }
    }
    assertThat(shards.size()).isGreaterThan(PAIRS / 2);
  }

  @Test
  void presence_is_seen_across_nodes_by_those_who_may_see_it() throws Exception {
    TestCluster.User ann = cluster.user("phone");
    TestCluster.User bob = cluster.user("phone");
    JsonObject watchBob = new JsonObject().put("user_ids", List.of(bob.id()));
    try (TcpPeer watching = new TcpPeer(cluster.node(0).tcpPort())) {
      watching.open(ann.token());
      JsonObject before = watching.request("presence.watch", watchBob);
      assertThat(before.getJsonArray("users").getJsonObject(0).getBoolean("online")).isFalse();
      try (TcpPeer elsewhere = new TcpPeer(cluster.node(1).tcpPort())) {
        elsewhere.open(bob.token());
        JsonObject came = watching.nextEvent();
        assertThat(came.getString("event")).isEqualTo("presence");
        assertThat(came.getString("user_id")).isEqualTo(bob.id());
        assertThat(came.getBoolean("online")).isTrue();
      }
      JsonObject left = watching.nextEvent();
      assertThat(left.getBoolean("online")).isFalse();
      assertThat(left.getInstant("last_seen")).isNotNull();

      String[] choices = {"contacts", "nobody"};
      for (String choice : choices) {
        cluster
            .api(2)
            .ok(
                "ums.account.update",
                new JsonObject().put("preferences", new JsonObject().put("presence", choice)),
                bob.token());
        JsonObject hidden =
            cluster
                .api(1)
                .ok("presence.watch", watchBob, ann.token())
                .getJsonArray("users")
                .getJsonObject(0);
        assertThat(hidden.getString("last_seen")).as("%s: %s", choice, hidden).isNull();
      }
    }
  }

  /** One after the other, as a kit does; every one must be answered. */
  private static List<JsonObject> sendUntil(
      AtomicBoolean stop, int node, TestCluster.User from, TestCluster.User to) {
    List<JsonObject> told = new ArrayList<>();
    try (TcpPeer peer = new TcpPeer(cluster.node(node).tcpPort())) {
      peer.request("session.open", new JsonObject().put("user_token", from.token()));
      while (!stop.get()) {
        told.add(peer.request("mds.send", message(to.id(), "number " + told.size())));
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return told;
  }

  private static List<String> history(int node, TestCluster.User reader, String conversation) {
    List<String> ids = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonObject page =
          cluster
              .api(node)
              .ok(
                  "mss.history",
                  new JsonObject().put("conversation_id", conversation).put("after", after),
                  reader.token());
      for (Object entry : page.getJsonArray("entries")) {
        ids.add(((JsonObject) entry).getString("client_id"));
        after = ((JsonObject) entry).getLong("seq");
      }
      if (!page.getBoolean("more")) {
        return ids;
      }
    }
  }

  private static void awaitShares(int most, int... nodes) {
    int[] all = nodes.length == 0 ? new int[] {0, 1, 2} : nodes;
    await("all shards are owned, at most " + most + " by each of the nodes " + Arrays.toString(all))
        .until(
            () -> Arrays.stream(all).mapToObj(cluster::shardsOf).toList(),
            owned ->
                owned.stream().allMatch(shards -> shards <= most)
                    && owned.stream().mapToInt(shards -> shards).sum() == Shards.COUNT);
  }

  private static JsonObject message(String userId, String text) {
    return new JsonObject()
        .put("to", new JsonObject().put("user_id", userId))
        .put("client_id", Generators.timeBasedEpochGenerator().generate().toString())
        .put("body", new JsonObject().put("type", "text").put("text", text));
  }

  private static void assertText(JsonObject event, long seq, String text) {
    assertThat(event.getString("event")).isEqualTo("message");
    assertThat(event.getLong("seq")).isEqualTo(seq);
    assertThat(event.getJsonObject("body").getString("text")).isEqualTo(text);
  }
}
