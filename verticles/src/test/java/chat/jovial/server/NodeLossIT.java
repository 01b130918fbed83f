package chat.jovial.server;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cluster.HazelcastDirectory;
import chat.jovial.contract.Shards;
import chat.jovial.stores.StoresExtension;
import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What clients see whose node stops, vanishes, or is cut off from the others. */
class NodeLossIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  /** So many that each of three nodes owns some of them, but for bad luck of one in a million. */
  private static final int CONVERSATIONS = 36;

  @TempDir static Path folder;

  private static final Vertx observer = Vertx.vertx();

  /** What came while something else was waited for. */
  private static final Map<BridgePeer, Queue<JsonObject>> heard = new IdentityHashMap<>();

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    // The launcher must not build what Maven has just built.
    try (var jars = Files.newDirectoryStream(Path.of("target"), "jovial-verticles-*.jar")) {
      for (Path jar : jars) {
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
      }
    }
    cluster = new TestCluster(STORES, folder, 3);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    TestCluster.await(observer.close());
  }

  @Test
  void a_device_goes_on_at_another_node_when_its_own_is_stopped() throws Exception {
    try (Launched leaving = cluster.launch("stopped")) {
      goOnElsewhere(
          leaving,
          () -> {
            leaving.terminate();
            leaving.awaitExit();
          });
    }
  }

  @Test
  void a_device_goes_on_at_another_node_when_its_own_vanishes() throws Exception {
    try (Launched leaving = cluster.launch("killed")) {
      goOnElsewhere(
          leaving,
          () -> {
            leaving.kill();
            leaving.awaitExit();
          });
    }
  }

  @Test
  void a_node_that_is_cut_off_from_the_others_sends_its_clients_to_them_and_comes_back()
      throws Exception {
    TestCluster.User ann = cluster.user("phone");
    List<TestCluster.User> others = new ArrayList<>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      others.add(cluster.user("phone"));
    }
    try (TcpPeer onA = new TcpPeer(cluster.node(0).tcpPort());
        TcpPeer onB = new TcpPeer(cluster.node(1).tcpPort());
        TcpPeer onC = new TcpPeer(cluster.node(2).tcpPort())) {
      onA.open(ann.token());
      onB.open(ann.token());
      onC.open(ann.token());
      for (TestCluster.User other : others) {
        send(onC, other, 1);
      }
      try (BusCut unused = cluster.cutOff(2)) {
        onC.awaitClosed();
        assertThat(cluster.ready(2).statusCode()).isEqualTo(503);
        assertThat(cluster.ready(2).body()).contains("cut_off");
        assertThat(cluster.ready(0).statusCode()).isEqualTo(200);
        assertThat(cluster.ready(1).statusCode()).isEqualTo(200);
        JsonObject open = new JsonObject().put("user_token", ann.token());
        Api.Answer refused = cluster.api(2).call("session.open", open, null);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body().getString("code")).isEqualTo("try_again");
        // What it owned goes to the others, so that its clients find there what they come for.
        await("nodes 0 and 1 own all shards")
            .until(() -> cluster.shardsOf(0) + cluster.shardsOf(1) == Shards.COUNT);
        assertThat(cluster.shardsOf(2)).isZero();
        for (int i = 0; i < CONVERSATIONS; i++) {
          send(i % 2 == 0 ? onA : onB, others.get(i), 2);
        }
      }
      await("node 2 is ready and owns its share of the shards")
          .until(() -> cluster.ready(2).statusCode() == 200 && cluster.shardsOf(2) > 80);
      try (TcpPeer again = new TcpPeer(cluster.node(2).tcpPort())) {
        again.open(ann.token());
        for (TestCluster.User other : others) {
          send(again, other, 3);
        }
      }
    }
  }

  private interface Departure {
    void run() throws Exception;
  }

  private static void goOnElsewhere(Launched leaving, Departure departure) throws Exception {
    TestCluster.User ann = cluster.user("phone");
    TestCluster.User bob = cluster.user("laptop");
    int port = leaving.awaitReady()[1];
    String cursor;
    String conversation;
    try (TcpPeer annOnA = new TcpPeer(cluster.node(0).tcpPort())) {
      annOnA.open(ann.token());
      annOnA.request("presence.watch", new JsonObject().put("user_ids", List.of(bob.id())));
      try (TcpPeer bobThere = new TcpPeer(port)) {
        bobThere.open(bob.token());
        assertThat(next(annOnA, "presence", bob).getBoolean("online")).isTrue();
        conversation = send(annOnA, bob, 1);
        assertThat(next(bobThere, "message", ann).getLong("seq")).isEqualTo(1);
        send(bobThere, ann, 2);
        assertThat(next(annOnA, "message", bob).getLong("seq")).isEqualTo(2);
        acknowledge(bobThere, conversation, 1, 1);
        assertThat(next(annOnA, "receipt", bob).getLong("read_upto")).isEqualTo(1);
        JsonObject before = sync(bobThere, null, conversation, 0);
        assertThat(numbers(before)).containsExactly(1L, 2L);
        cursor = before.getString("cursor");
        // On their way to a node that goes: whether they arrive there or not, they are not taken.
        send(annOnA, bob, 3);
        send(annOnA, bob, 4);
        departure.run();
      }
      send(annOnA, bob, 5);
      acknowledge(annOnA, conversation, 2, 2);

      assertThat(next(annOnA, "presence", bob).getBoolean("online")).isFalse();
      try (WebSocketPeer bobOnB = new WebSocketPeer(cluster.node(1).httpPort())) {
        bobOnB.open(bob.token());
        assertThat(next(annOnA, "presence", bob).getBoolean("online")).isTrue();
        assertThat(nodesOf(bob)).containsExactly(cluster.nodeId(1));

        JsonObject missed = sync(bobOnB, cursor, conversation, 2);
        assertThat(numbers(missed)).containsExactly(3L, 4L, 5L);
        JsonObject state = missed.getJsonArray("conversations").getJsonObject(0);
        assertThat(state.getLong("last_seq")).isEqualTo(5);
        assertThat(state.getLong("read_upto")).as("his own, from the other node").isEqualTo(1);
        JsonObject receipt = state.getJsonArray("receipts").getJsonObject(0);
        assertThat(receipt.getString("user_id")).isEqualTo(ann.id());
        assertThat(receipt.getLong("read_upto")).isEqualTo(2);

        acknowledge(bobOnB, conversation, 5, 4);
        JsonObject told = next(annOnA, "receipt", bob);
        assertThat(told.getLong("delivered_upto")).isEqualTo(5);
        assertThat(told.getLong("read_upto")).isEqualTo(4);
        send(annOnA, bob, 6);
        acknowledge(annOnA, conversation, 6, 6);
        // The first that is pushed to this connection is the first after what sync gave.
        assertThat(next(bobOnB, "message", ann).getLong("seq")).isEqualTo(6);
        assertThat(next(bobOnB, "receipt", ann).getLong("read_upto")).isEqualTo(6);
        JsonObject history =
            bobOnB.request("mss.history", new JsonObject().put("conversation_id", conversation));
        assertThat(numbers(history)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertNoMore(bobOnB, "message");
      }
      assertThat(next(annOnA, "presence", bob).getBoolean("online"))
          .as("there was no other place where he seemed to be")
          .isFalse();
    }
  }

  /**
   * The next event of that type about that user. Those of one type come in order; messages beside
   * receipts, and presence beside both, may come one way or the other.
   */
  private static JsonObject next(BridgePeer peer, String type, TestCluster.User about)
      throws InterruptedException {
    Queue<JsonObject> waiting = heard.computeIfAbsent(peer, unused -> new ArrayDeque<>());
    while (true) {
      for (JsonObject event : waiting) {
        String user = event.getString("user_id", event.getString("sender_id"));
        if (event.getString("event").equals(type) && about.id().equals(user)) {
          waiting.remove(event);
          return event;
        }
      }
      waiting.add(peer.nextEvent());
    }
  }

  /** Nothing was told twice: no event of these types is left. */
  private static void assertNoMore(BridgePeer peer, String... types) {
    assertThat(heard.getOrDefault(peer, new ArrayDeque<>()))
        .extracting(event -> event.getString("event"))
        .doesNotContain(types);
  }

  private static String send(BridgePeer from, TestCluster.User to, long expected) {
    JsonObject stored =
        from.request(
            "mds.send",
            new JsonObject()
                .put("to", new JsonObject().put("user_id", to.id()))
                .put("client_id", Generators.timeBasedEpochGenerator().generate().toString())
                .put("body", new JsonObject().put("type", "text").put("text", "n" + expected)));
    assertThat(stored.getLong("seq")).isEqualTo(expected);
    return stored.getString("conversation_id");
  }

  private static void acknowledge(BridgePeer peer, String conversation, long delivered, long read) {
    peer.request(
        "mds.ack",
        new JsonObject()
            .put("conversation_id", conversation)
            .put("delivered_upto", delivered)
            .put("read_upto", read));
  }

  /** The one page of a small mailbox. */
  private static JsonObject sync(
      BridgePeer peer, @Nullable String cursor, String conversation, long have) {
    JsonObject request = new JsonObject().put("have", new JsonObject().put(conversation, have));
    JsonObject page = peer.request("mss.sync", request.put("cursor", cursor));
    assertThat(page.getBoolean("more")).isFalse();
    assertThat(page.getJsonArray("conversations")).hasSize(1);
    return page;
  }

  private static List<Long> numbers(JsonObject page) {
    JsonArray entries = page.getJsonArray("entries");
    return LongStream.range(0, entries.size())
        .mapToObj(i -> entries.getJsonObject((int) i).getLong("seq"))
        .toList();
  }

  /** Where pushes for a user would be sent to, as a node sees it that is neither. */
  private static List<String> nodesOf(TestCluster.User user) throws Exception {
    HazelcastDirectory directory =
        new HazelcastDirectory(
            observer, cluster.member(0), "an observer", new SimpleMeterRegistry());
    Map<String, List<String>> nodes = TestCluster.await(directory.nodesOf(List.of(user.id())));
    List<String> found = new ArrayList<>();
    nodes.forEach(
        (node, users) -> {
          if (users.contains(user.id())) {
            found.add(node);
          }
        });
    return found;
  }
}
