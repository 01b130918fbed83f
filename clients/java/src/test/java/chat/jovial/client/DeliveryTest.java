package chat.jovial.client;

import static chat.jovial.client.Device.await;
import static chat.jovial.client.ScriptedServer.text;
import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.client.ScriptedServer.Outcome;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Body;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.HistoryQuery;
import chat.jovial.client.model.JovialException;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.MessageState;
import chat.jovial.client.model.Outgoing;
import chat.jovial.client.model.SendOptions;
import chat.jovial.client.store.MemoryStore;
import chat.jovial.client.store.SqliteStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  private static final String AB = "d.ann.bob";

  private final ScriptedServer server = new ScriptedServer();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_message_is_stored_and_comes_to_the_other() {
    try (Device ann = new Device(server, "ann", new MemoryStore());
        Device bob = new Device(server, "bob", new MemoryStore())) {
      Outgoing sent = ann.client.send("bob", Body.text("Hi"));
      assertThat(await(sent.stored()).seq()).isEqualTo(1);
      await("bob shows the message").until(() -> bob.texts(AB).equals(List.of("Hi")));
      assertThat(ann.texts(AB)).containsExactly("Hi");
      await("mds.ack is requested once").until(() -> server.countOf("mds.ack") == 1);
    }
  }

  @Test
  void what_was_queued_offline_goes_out_in_order_after_a_restart() {
    List<String> texts = LongStream.range(0, 50).mapToObj(i -> "message " + i).toList();
    server.close();
    try (Device ann = new Device(server, "ann", SqliteStore.open(folder))) {
      texts.forEach(each -> ann.client.send("bob", Body.text(each)));
      assertThat(ann.texts(AB)).isEqualTo(texts);
      assertThat(await(ann.client.messages(AB)))
          .allMatch(message -> message.state() == MessageState.QUEUED);
    }
    try (ScriptedServer again = new ScriptedServer();
        Device ann = new Device(again, "ann", SqliteStore.open(folder))) {
      await("the server has 50 entries").until(() -> again.logOf(AB).size() == 50);
      await(
              "await(ann.client.messages(AB)).stream().allMatch(message -> message.state() == MessageState.STORED)")
          .until(
              () ->
                  await(ann.client.messages(AB)).stream()
                      .allMatch(message -> message.state() == MessageState.STORED));
      assertThat(ann.texts(AB)).isEqualTo(texts);
      assertThat(again.logOf(AB))
          .extracting(entry -> entry.path("body").path("text").asText())
          .containsExactlyElementsOf(texts);
    }
  }

  @Test
  void what_began_while_a_device_was_away_is_news_for_it_though_another_device_has_it() {
    try (Device laptop = new Device(server, "ann", SqliteStore.open(folder))) {
      untilSynced(laptop);
    }
    try (Device phone = new Device(server, "ann", new MemoryStore());
        Device bob = new Device(server, "bob", new MemoryStore())) {
      sendTwo(bob, phone);
    }
    try (Device laptop = new Device(server, "ann", SqliteStore.open(folder))) {
      await("laptop has shown 2 entries").until(() -> laptop.shown.size() == 2);
      assertThat(laptop.shown).extracting(Entry::seq).containsExactly(1L, 2L);
    }
  }

  @Test
  void what_another_device_has_is_history_for_a_device_that_is_new() {
    try (Device phone = new Device(server, "ann", new MemoryStore());
        Device bob = new Device(server, "bob", new MemoryStore())) {
      sendTwo(bob, phone);
      try (Device tablet = new Device(server, "ann", new MemoryStore())) {
        untilSynced(tablet);
        await(bob.client.send("ann", Body.text("three")).stored());
        await("the tablet has shown something").until(() -> !tablet.shown.isEmpty());
        assertThat(tablet.shown).extracting(Entry::seq).containsExactly(3L);
      }
    }
  }

  @Test
  void a_lost_reply_makes_no_second_message() {
    AtomicInteger attempts = new AtomicInteger();
    server.scripts.put(
        "mds.send", body -> attempts.getAndIncrement() < 3 ? Outcome.LOSE_REPLY : null);
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      List<Outgoing> all =
          LongStream.range(0, 10)
              .mapToObj(i -> ann.client.send("bob", Body.text("m" + i)))
              .toList();
      all.forEach(sent -> await(sent.stored()));
      assertThat(server.logOf(AB)).hasSize(10);
      assertThat(ann.shown)
          .extracting(Entry::seq)
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
      assertThat(ann.texts(AB))
          .containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
    }
  }

  @Test
  void one_message_of_a_conversation_is_unsettled_at_a_time() {
    AtomicInteger refusals = new AtomicInteger();
    server.scripts.put(
        "mds.send", body -> refusals.getAndIncrement() < 5 ? Outcome.TRY_AGAIN : null);
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      ann.client.send("bob", Body.text("first"));
      await(ann.client.send("bob", Body.text("second")).stored());
      List<JsonNode> sends =
          server.requests.stream().filter(each -> ScriptedServer.isFor(each, "mds.send")).toList();
      assertThat(sends).hasSize(7);
      assertThat(sends.subList(0, 6))
          .allMatch(each -> each.path("body").path("body").path("text").asText().equals("first"));
      assertThat(sends.get(1).path("body").path("retry").asBoolean()).isTrue();
    }
  }

  @Test
  void a_refused_message_is_shown_as_failed_and_can_be_tried_again_or_discarded() {
    server.scripts.put("mds.send", body -> Outcome.FORBIDDEN);
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      Outgoing refused = ann.client.send("bob", Body.text("no"));
      assertThatThrownBy(() -> refused.stored().join())
          .hasCauseInstanceOf(JovialException.class)
          .hasMessageContaining("not you");
      Message failed = await(ann.client.messages(AB)).get(0);
      assertThat(failed.state()).isEqualTo(MessageState.FAILED);
      server.scripts.clear();
      await(ann.client.send("bob", Body.text("yes")).stored());
      assertThat(await(ann.client.retry(refused.clientId()))).isTrue();
      await("ann shows both texts").until(() -> ann.texts(AB).equals(List.of("yes", "no")));
      assertThat(await(ann.client.discard(refused.clientId()))).isFalse();
    }
  }

  @Test
  void a_gap_is_filled_and_nothing_is_shown_twice_or_out_of_order() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      server.append(AB, "bob", text("1"));
      await("ann has shown 1 entry").until(() -> ann.shown.size() == 1);
      server.losesPushes = true;
      for (int i = 2; i <= 500; i++) {
        server.append(AB, "bob", text(Integer.toString(i)));
      }
      server.losesPushes = false;
      server.append(AB, "bob", text("501"));
      await("ann has shown 501 entries").until(() -> ann.shown.size() == 501);
      assertThat(ann.shown)
          .extracting(Entry::seq)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 501).boxed().toList());
      assertThat(await(ann.client.conversation(AB)).orElseThrow().gaps()).isZero();
    }
  }

  @Test
  void after_a_cut_the_device_has_what_it_missed() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      server.append(AB, "bob", text("1"));
      await("ann has shown 1 entry").until(() -> ann.shown.size() == 1);
      server.losesPushes = true;
      server.append(AB, "bob", text("2"));
      server.cut();
      await("ann has shown 2 entries").until(() -> ann.shown.size() == 2);
    }
  }

  @Test
  void delivered_is_told_only_up_to_the_first_gap() {
    server.scripts.put("mss.history", body -> Outcome.SILENCE);
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      server.append(AB, "bob", text("1"));
      await("mds.ack is requested once").until(() -> server.countOf("mds.ack") == 1);
      server.losesPushes = true;
      server.append(AB, "bob", text("2"));
      server.losesPushes = false;
      server.append(AB, "bob", text("3"));
      await("mss.history is requested").until(() -> server.countOf("mss.history") > 0);
      await(ann.client.markRead(AB, 3));
      await("mds.ack is requested 2 times").until(() -> server.countOf("mds.ack") == 2);
      assertThat(acknowledged()).isEqualTo(1);
      await(ann.client.sync().exceptionally(failure -> null));
      await("ann has shown 3 entries").until(() -> ann.shown.size() == 3);
      await("3 entries are acknowledged").until(() -> acknowledged() == 3);
    }
  }

  /** The highest watermark of either kind that was told. */
  private long acknowledged() {
    return server.requests.stream()
        .filter(each -> ScriptedServer.isFor(each, "mds.ack"))
        .map(each -> each.path("body"))
        .mapToLong(
            body -> Math.max(body.path("delivered_upto").asLong(), body.path("read_upto").asLong()))
        .max()
        .orElse(0);
  }

  @Test
  void a_redaction_takes_the_text_from_the_view_whichever_came_first() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      server.append(AB, "bob", text("secret"));
      server.append(AB, "bob", Json.object().put("kind", "redaction").put("target", 1));
      await("ann shows the message as redacted")
          .until(() -> ann.texts(AB).equals(List.of("(redacted)")));
      server.losesPushes = true;
      server.append(AB, "bob", text("other secret"));
      server.losesPushes = false;
      server.append(AB, "bob", Json.object().put("kind", "redaction").put("target", 3));
      await("ann shows both messages as redacted")
          .until(() -> ann.texts(AB).equals(List.of("(redacted)", "(redacted)")));
    }
  }

  @Test
  void edits_and_reactions_are_shown_and_own_ones_at_once() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      server.append(AB, "bob", text("helo"));
      server.append(AB, "bob", text("hello").put("kind", "edit").put("target", 1));
      await("ann shows the message").until(() -> ann.texts(AB).equals(List.of("hello")));
      server.scripts.put("mds.react", body -> Outcome.SILENCE);
      await(ann.client.react(AB, 1, "👍", false).queued());
      Message message = await(ann.client.messages(AB)).get(0);
      assertThat(message.edited()).isTrue();
      assertThat(message.reactions()).containsEntry("👍", List.of("ann"));
    }
  }

  @Test
  void unread_counts_what_others_wrote_above_what_was_read() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      for (int i = 1; i <= 5; i++) {
        server.append(AB, "bob", text("m" + i));
      }
      await("ann has shown 5 entries").until(() -> ann.shown.size() == 5);
      assertThat(unread(ann)).isEqualTo(5);
      await(ann.client.markRead(AB, 3));
      assertThat(unread(ann)).isEqualTo(2);
      server.tell(
          Json.object()
              .put("event", "receipt")
              .put("conversation_id", AB)
              .put("user_id", "ann")
              .put("read_upto", 5));
      await("ann has no unread message").until(() -> unread(ann) == 0);
    }
  }

  @Test
  void a_message_that_was_removed_before_it_was_read_is_not_unread() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      for (int i = 1; i <= 4; i++) {
        server.append(AB, "bob", text("m" + i));
      }
      await("ann has shown 4 entries, all unread")
          .until(() -> ann.shown.size() == 4 && unread(ann) == 4);
      server.append(AB, "bob", Json.object().put("kind", "redaction").put("target", 2));
      await("ann has 3 unread messages").until(() -> unread(ann) == 3);
      ObjectNode range = Json.object().put("kind", "redaction").put("target", 1);
      range.putObject("body").put("type", "range").put("upto", 3);
      server.append(AB, "bob", range);
      await("ann has shown 6 entries").until(() -> ann.shown.size() == 6);
      assertThat(unread(ann)).isEqualTo(1);
      await(ann.client.markRead(AB, 1));
      assertThat(unread(ann)).isEqualTo(1);
    }
  }

  @Test
  void an_expiring_message_goes_when_it_is_due_by_the_servers_clock_also_offline() {
    server.ahead = Duration.ofHours(2);
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      List<Message> changes = new CopyOnWriteArrayList<>();
      ann.client.on(Event.CHANGE, changes::add);
      ObjectNode soonGone = text("soon gone");
      Instant expiresAt = Instant.now().plus(server.ahead).plusMillis(2_500);
      server.append(AB, "bob", soonGone.put("expires_at", expiresAt.toString()));
      server.append(
          AB, "bob", text("stays").put("expires_at", expiresAt.plusSeconds(3600).toString()));
      await("ann shows both texts")
          .until(() -> ann.texts(AB).equals(List.of("soon gone", "stays")));
      server.close();
      await("a change is announced").until(() -> !changes.isEmpty());
      assertThat(ann.texts(AB)).containsExactly("(expired)", "stays");
      assertThat(unread(ann)).isEqualTo(1);
    }
  }

  private static int unread(Device device) {
    return await(device.client.conversation(AB)).orElseThrow().unread();
  }

  @Test
  void ticks_follow_the_watermarks_of_the_other() {
    try (Device ann = new Device(server, "ann", new MemoryStore())) {
      await(ann.client.send("bob", Body.text("Hi")).stored());
      assertThat(await(ann.client.messages(AB)).get(0).state()).isEqualTo(MessageState.STORED);
      server.tell(receipt("delivered_upto"));
      await("the message is delivered")
          .until(() -> await(ann.client.messages(AB)).get(0).state() == MessageState.DELIVERED);
      server.tell(receipt("read_upto"));
      await("the message is read")
          .until(() -> await(ann.client.messages(AB)).get(0).state() == MessageState.READ);
    }
  }

  private static ObjectNode receipt(String watermark) {
    return Json.object()
        .put("event", "receipt")
        .put("conversation_id", AB)
        .put("user_id", "bob")
        .put(watermark, 1);
  }

  @Test
  void a_device_whose_clock_is_far_ahead_sends_by_the_servers_clock() {
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
    AtomicInteger sends = new AtomicInteger();
    server.scripts.put(
        "mds.send", body -> sends.getAndIncrement() == 0 ? Outcome.CLOCK_AHEAD : null);
    try (Device ann =
        new Device(Device.config(server, "ann", new MemoryStore()).clock(wrong).build())) {
      Outgoing sent =
          ann.client.send(
              "bob",
              Body.text("Hi"),
              SendOptions.NONE.clientId("01999999-0000-7000-8000-000000000000"));
      await(sent.stored());
      assertThat(sent.clientId()).isNotEqualTo("01999999-0000-7000-8000-000000000000");
      assertThat(server.logOf(AB)).hasSize(1);
    }
  }

  @Test
  void a_new_device_shows_what_no_other_device_had_and_takes_the_rest_for_history() {
    for (int i = 1; i <= 300; i++) {
      server.append(AB, "bob", text("m" + i));
    }
    try (Device first = new Device(server, "ann", new MemoryStore())) {
      await("first has shown 300 entries").until(() -> first.shown.size() == 300);
      await("300 entries are acknowledged").until(() -> acknowledged() == 300);
    }
    try (Device second = new Device(server, "ann", new MemoryStore())) {
      await("second shows 50 messages").until(() -> second.texts(AB).size() == 50);
      assertThat(second.shown).isEmpty();
      var page = await(second.client.history(AB, HistoryQuery.before(251)));
      assertThat(page.messages()).hasSize(50);
      assertThat(second.texts(AB)).hasSize(100);
    }
  }

  /** From Bob, until Ann's phone has acknowledged them. */
  private void sendTwo(Device bob, Device phone) {
    untilSynced(phone);
    await(bob.client.send("ann", Body.text("one")).stored());
    await(bob.client.send("ann", Body.text("two")).stored());
    await("both entries are acknowledged as delivered")
        .until(() -> server.delivered(AB, "ann") == 2);
  }

  private static void untilSynced(Device device) {
    await("a sync succeeds")
        .until(() -> device.client.sync().handle((done, failure) -> failure == null).join());
  }
}
