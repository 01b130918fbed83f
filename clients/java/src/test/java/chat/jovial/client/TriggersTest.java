package chat.jovial.client;

import static chat.jovial.client.Device.await;
import static chat.jovial.client.ScriptedServer.text;
import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Kind;
import chat.jovial.client.store.MemoryStore;
import chat.jovial.client.store.SqliteStore;
import chat.jovial.client.trigger.Trigger;
import chat.jovial.client.trigger.TriggerEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggersTest {
  private static final String AB = "d.ann.bob";

  private final ScriptedServer server = new ScriptedServer();
  private final List<String> fired = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  private Trigger recording(String name) {
    return Trigger.on(Kind.MESSAGE, name).then(event -> fired.add(name + seqOf(event)));
  }

  private static long seqOf(TriggerEvent event) {
    return Objects.requireNonNull(event.entry()).seq();
  }

  @Test
  void it_fires_for_what_matches_and_the_higher_priority_comes_first() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      await(ann.client.trigger(recording("low").where("sender_id", "bob")));
      await(
          ann.client.trigger(
              recording("high").where("body.text", List.of("one", "three")).priority(5)));
      for (String word : List.of("one", "two", "three")) {
        server.append(AB, "bob", text(word));
      }
      await("5 firings").until(() -> fired.size() == 5);
      assertThat(fired.indexOf("high1")).isLessThan(fired.indexOf("low1"));
      assertThat(fired).containsExactlyInAnyOrder("high1", "low1", "low2", "high3", "low3");
    }
  }

  @Test
  void it_fires_once_for_each_entry_over_restarts_also_for_what_came_before_it_was_there_again() {
    try (Device ann = new Device(server, "ann", SqliteStore.open(folder))) {
      await(ann.client.trigger(recording("t")));
      server.append(AB, "bob", text("one"));
      await("1 firings").until(() -> fired.size() == 1);
    }
    server.append(AB, "bob", text("two"));
    try (Device ann = new Device(server, "ann", SqliteStore.open(folder))) {
      await("ann shows 2 messages").until(() -> ann.texts(AB).size() == 2);
      await(ann.client.trigger(recording("t")));
      server.append(AB, "bob", text("three"));
      await("3 firings").until(() -> fired.size() == 3);
      server.cut();
      await(ann.client.connection());
      server.append(AB, "bob", text("four"));
      await("4 firings").until(() -> fired.size() == 4);
    }
    assertThat(fired).containsExactly("t1", "t2", "t3", "t4");
  }

  @Test
  void what_it_puts_happens_once_though_the_process_dies_while_it_acts() {
    MemoryStore store = new MemoryStore();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Trigger counting =
        Trigger.on(Kind.MESSAGE, "t")
            .then(
                event -> {
                  fired.add("t" + seqOf(event));
                  event.put("count/" + seqOf(event), fired.size());
                  started.countDown();
                  goOn.await();
                });
    ExecutorService callbacks = Executors.newSingleThreadExecutor();
    Device dying = new Device(Device.config(server, "ann", store).callbacks(callbacks).build());
    await(dying.client.trigger(counting));
    server.append(AB, "bob", text("one"));
    await("the trigger has started").until(() -> started.getCount() == 0);
    dying.close();
    goOn.countDown();
    callbacks.shutdown();
    assertThat(store.kept("count/")).isEmpty();
    try (Device ann = new Device(server, "ann", store)) {
      await(ann.client.trigger(counting));
      await("the trigger has kept its count")
          .until(() -> await(ann.client.kept("count/")).equals(Map.of("count/1", 2)));
      // What is in the store fires before there is a connection.
      await("ann is online")
          .until(() -> await(ann.client.connection()).status() == Connection.Status.ONLINE);
      await(ann.client.sync());
    }
    assertThat(fired).containsExactly("t1", "t1");
  }

  @Test
  void one_that_fails_harms_no_other_and_is_not_fired_again() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      await(
          ann.client.trigger(
              Trigger.on(Kind.MESSAGE, "bad")
                  .priority(1)
                  .then(
                      event -> {
                        fired.add("bad" + seqOf(event));
                        throw new IllegalStateException("as the test wants");
                      })));
      await(ann.client.trigger(recording("good")));
      server.append(AB, "bob", text("one"));
      server.append(AB, "bob", text("two"));
      await("4 firings").until(() -> fired.size() == 4);
      assertThat(fired).containsOnlyOnce("bad1", "bad2", "good1", "good2");
    }
  }

  @Test
  void a_paused_one_waits_and_then_sees_what_came_meanwhile() {
    MemoryStore store = new MemoryStore();
    try (Device ann = new Device(server, "ann", store)) {
      await(ann.client.trigger(recording("t")));
      await(ann.client.pauseTrigger("t"));
      server.append(AB, "bob", text("one"));
      await("ann has shown 1 entry").until(() -> ann.shown.size() == 1);
    }
    try (Device ann = new Device(server, "ann", store)) {
      await(ann.client.trigger(recording("t")));
      server.append(AB, "bob", text("two"));
      await("ann has shown 1 entry").until(() -> ann.shown.size() == 1);
      assertThat(fired).isEmpty();
      await(ann.client.resumeTrigger("t"));
      await("the trigger fires for both messages").until(() -> fired.equals(List.of("t1", "t2")));
    }
  }

  @Test
  void a_new_one_sees_what_comes_after_its_registration_and_a_removed_one_is_forgotten() {
    MemoryStore store = new MemoryStore();
    try (Device ann = new Device(server, "ann", store)) {
      server.append(AB, "bob", text("one"));
      await("ann has shown 1 entry").until(() -> ann.shown.size() == 1);
    }
    try (Device ann = new Device(server, "ann", store)) {
      server.append(AB, "bob", text("two"));
      await("ann has shown 1 entry").until(() -> ann.shown.size() == 1);
      await(ann.client.trigger(recording("t")));
      server.append(AB, "bob", text("three"));
      await("a trigger has fired").until(() -> !fired.isEmpty());
      await(ann.client.removeTrigger("t"));
      server.append(AB, "bob", text("four"));
      await("ann has shown 3 entries").until(() -> ann.shown.size() == 3);
      assertThat(fired).containsExactly("t3");
    }
  }

  @Test
  void receipts_typing_and_presence_are_told_live() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      await(
          ann.client.trigger(
              Trigger.on("typing", "t")
                  .where("typing", true)
                  .then(event -> fired.add("typing " + event.fields().get("user_id")))));
      await("ann is online")
          .until(() -> await(ann.client.connection()).status() == Connection.Status.ONLINE);
      // Answered after the registration that went before it on the same connection.
      await(ann.client.sync());
      server.tell(
          Json.object()
              .put("event", "typing")
              .put("conversation_id", AB)
              .put("user_id", "bob")
              .put("typing", true));
      await("the trigger fires for typing").until(() -> fired.equals(List.of("typing bob")));
    }
  }
}
