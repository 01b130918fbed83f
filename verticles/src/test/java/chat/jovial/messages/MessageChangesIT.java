package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.newUser;
import static chat.jovial.messages.LogNode.user;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Edit;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Kind;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.React;
import chat.jovial.contract.mds.Receipt;
import chat.jovial.contract.mds.Redact;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mds.Typing;
import chat.jovial.contract.mss.DeleteFrom;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.contract.mss.ReadReceipts;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.stores.StoresExtension;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.uuid.Generators;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done to messages that are stored, and receipts, on a real Cassandra. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageChangesIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private final String ann = newUser();
  private LogNode node;

  @BeforeAll
  void start() {
    node = newNode();
  }

  @AfterAll
  void stop() {
    node.close();
  }

  private LogNode newNode() {
    return new LogNode(STORES.cassandraConfig(), "folder");
  }

  @Test
  void edits_and_reactions_are_entries_and_a_redaction_takes_the_text_of_all_of_it() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    send(ann, bob, "two");
    assertThat(await(edit(ann, conversation, 1, uuid(), "one, mended")).seq()).isEqualTo(3);
    assertThat(await(react(bob, conversation, 1, uuid())).seq()).isEqualTo(4);
    assertThat(kinds(bob, conversation))
        .containsExactly(Kind.MESSAGE, Kind.MESSAGE, Kind.EDIT, Kind.REACTION);
    assertThat(await(redact(ann, conversation, 1, uuid())).seq()).isEqualTo(5);
    // As it was left, then as its next owner found it after a kill.
    for (int life = 0; life < 2; life++) {
      List<Entry> all = history(bob, conversation);
      assertThat(all).hasSize(5);
      for (int removed : new int[] {0, 2}) {
        assertThat(all.get(removed).body()).isNull();
        assertThat(all.get(removed).removed()).isEqualTo(Removal.REDACTED);
      }
      assertThat(all.get(1).body()).isNotNull();
      assertThat(all.get(4).kind()).isEqualTo(Kind.REDACTION);
      assertThat(all.get(4).target()).isEqualTo(1);
      node.kill();
      node = newNode();
      assertThat(send(bob, ann, "next").seq()).isEqualTo(6 + life);
      assertThat(history(bob, conversation)).hasSize(6 + life);
      if (life == 0) {
        assertThat(history(bob, conversation).subList(0, 5)).isEqualTo(all);
        break;
      }
    }
  }

  @Test
  void the_same_change_again_is_the_same_entry_and_another_is_a_conflict() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    send(ann, bob, "two");
    String id = uuid();
    Stored first = await(edit(ann, conversation, 1, id, "other"));
    assertThat(await(edit(ann, conversation, 1, id, "other")).seq()).isEqualTo(first.seq());
    assertFails(edit(ann, conversation, 1, id, "third"), ErrorCode.CONFLICT);
    assertFails(edit(ann, conversation, 2, id, "other"), ErrorCode.CONFLICT);
    assertFails(redact(ann, conversation, 1, id), ErrorCode.CONFLICT);
    await(redact(ann, conversation, 1, uuid()));
    // It was stored before its message was taken back, and that does not change.
    assertThat(await(edit(ann, conversation, 1, id, "other")).seq()).isEqualTo(first.seq());
  }

  @Test
  void one_person_reacts_to_a_message_so_many_times_and_the_others_go_on() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    send(ann, bob, "two");
    List<Future<Stored>> all = new ArrayList<>();
    for (int i = 0; i < ReadTarget.MAX_REACTIONS; i++) {
      all.add(react(bob, conversation, 1, uuid()));
    }
    await(Future.all(all));

    assertThatThrownBy(() -> await(react(bob, conversation, 1, uuid())))
        .hasMessageContaining("100 reactions to message 1");
    assertFails(react(bob, conversation, 1, uuid()), ErrorCode.INVALID_REQUEST);
    await(react(bob, conversation, 2, uuid()));
    await(react(ann, conversation, 1, uuid()));
  }

  @Test
  void what_cannot_be_changed_is_refused_with_the_reason() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    assertFails(edit(bob, conversation, 1, uuid(), "mine"), ErrorCode.FORBIDDEN);
    assertFails(redact(bob, conversation, 1, uuid()), ErrorCode.FORBIDDEN);
    assertFails(edit(newUser(), conversation, 1, uuid(), "mine"), ErrorCode.FORBIDDEN);
    assertFails(edit(ann, conversation, 2, uuid(), "early"), ErrorCode.INVALID_REQUEST);
    await(redact(ann, conversation, 1, uuid()));
    assertFails(edit(ann, conversation, 1, uuid(), "late"), ErrorCode.GONE);
    assertFails(react(bob, conversation, 1, uuid()), ErrorCode.GONE);
    assertFails(react(bob, conversation, 2, uuid()), ErrorCode.INVALID_REQUEST);
    assertThat(await(redact(ann, conversation, 1, uuid())).seq()).isEqualTo(3);
  }

  @Test
  void changes_of_one_message_that_are_sent_at_once_keep_their_order() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    List<Future<Stored>> edits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      edits.add(edit(ann, conversation, 1, i % 2 == 0 ? "edit-" + i : uuid(), "edit " + i));
    }
    Future<Stored> redaction = redact(ann, conversation, 1, uuid());
    Future<Stored> late = edit(ann, conversation, 1, uuid(), "late");
    assertThat(await(redaction).seq()).isEqualTo(22);
    assertFails(late, ErrorCode.GONE);
    List<Entry> all = history(bob, conversation);
    assertThat(all.subList(0, 21)).allMatch(entry -> entry.body() == null);
    assertThat(edits).extracting(edit -> edit.result().seq()).isSorted();
  }

  @Test
  void an_old_page_brings_what_later_entries_did_to_it() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    for (int i = 0; i < 5; i++) {
      send(bob, ann, "between " + i);
    }
    await(edit(ann, conversation, 1, uuid(), "mended"));
    await(react(bob, conversation, 1, uuid()));
    await(react(ann, conversation, 6, uuid()));
    HistoryPage first = page(bob, new ReadHistory(conversation, 0L, null, null, 2));
    assertThat(first.related()).extracting(Entry::seq).containsExactly(7L, 8L);
    assertThat(page(bob, new ReadHistory(conversation, null, null, null, 200)).related()).isNull();
  }

  @Test
  void receipts_are_stored_told_once_a_second_at_most_and_never_go_back() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    send(ann, bob, "two");
    send(ann, bob, "three");
    assertFails(ack(bob, conversation, 4L, null), ErrorCode.INVALID_REQUEST);
    assertFails(ack(newUser(), conversation, 1L, null), ErrorCode.FORBIDDEN);
    double before = receiptWrites();
    await(
        Future.all(
            ack(bob, conversation, 1L, null),
            ack(bob, conversation, 3L, null),
            ack(bob, conversation, null, 2L)));
    assertThat(receiptWrites() - before).isEqualTo(1);
    assertThat(receipts(conversation)).containsExactly(new Receipt(bob, 3, 2));
    assertThat(events("receipt", conversation))
        .containsExactly(
            new JsonObject()
                .put("event", "receipt")
                .put("conversation_id", conversation)
                .put("user_id", bob)
                .put("delivered_upto", 3)
                .put("read_upto", 2));
    await(ack(bob, conversation, 1L, 1L));
    node.close();
    node = newNode();
    await(ack(bob, conversation, null, 1L));
    await(ack(bob, conversation, null, 3L));
    assertThat(receipts(conversation)).containsExactly(new Receipt(bob, 3, 3));
  }

  private double receiptWrites() {
    return node.metrics.counter("jovial.mss.receipt.writes").count();
  }

  @Test
  void typing_is_told_to_the_other_and_not_kept() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    await(node.services.call(MdsOperations.TYPING, user(bob), new Typing(conversation, true)));
    assertThat(node.pushes)
        .filteredOn(push -> String.valueOf(push.events()).contains("typing"))
        .singleElement()
        .satisfies(
            push -> {
              assertThat(push.userIds()).containsExactly(ann);
              assertThat(push.origins()).containsExactly("connection of " + bob);
            });
  }

  @Test
  void typing_without_a_conversation_reaches_nobody_in_any_app() {
    String stranger = newUser();
    String conversation = Ids.directConversation(ann, stranger);
    await(node.services.call(MdsOperations.TYPING, user(ann), new Typing(conversation, true)));
    assertThat(node.pushes).noneMatch(push -> push.userIds().contains(stranger));
  }

  @Test
  void acknowledgements_that_come_one_by_one_are_stored_a_second_apart() {
    String bob = newUser();
    String conversation = send(ann, bob, "one").conversationId();
    send(ann, bob, "two");
    send(ann, bob, "three");
    await(ack(bob, conversation, 1L, null));
    long afterFirst = System.nanoTime();
    await(ack(bob, conversation, 2L, null));
    await(ack(bob, conversation, 3L, null));
    // A timer may be late and never early.
    assertThat(Duration.ofNanos(System.nanoTime() - afterFirst))
        .isGreaterThan(Duration.ofMillis(1800));
  }

  @Test
  void deleting_from_a_time_removes_the_texts_and_says_so_once_for_all() {
    String bob = newUser();
    String conversation = send(ann, bob, "kept").conversationId();
    // A time that the first message is certainly before.
    String id = uuid();
    Stored second = await(node.send(bob, ann, id, "two"));
    while (second.storedAt().equals(history(ann, conversation).get(0).storedAt())) {
      second = send(bob, ann, "two again");
    }
    long first = second.seq();
    for (int i = 0; i < 300; i++) {
      send(ann, bob, "m" + i);
    }
    await(edit(ann, conversation, first + 1, uuid(), "mended"));
    DeleteFrom request = new DeleteFrom(conversation, second.storedAt());
    Deleted deleted = await(node.services.call(MdsOperations.DELETE_FROM, user(bob), request));
    assertThat(deleted.deleted()).isEqualTo(301);
    node.kill();
    node = newNode();
    assertThat(await(node.services.call(MdsOperations.DELETE_FROM, user(bob), request)))
        .isEqualTo(new Deleted(0));
    List<Entry> all = all(ann, conversation);
    assertThat(all.subList(0, (int) first - 1)).allMatch(entry -> entry.body() != null);
    assertThat(all.subList((int) first - 1, (int) first + 301))
        .allMatch(entry -> entry.body() == null)
        .allMatch(entry -> Removal.DELETED.equals(entry.removed()));
    Entry redaction = all.get((int) first + 301);
    assertThat(redaction.kind()).isEqualTo(Kind.REDACTION);
    assertThat(redaction.target()).isEqualTo(first);
    assertThat(new JsonObject(requireNonNull(redaction.body()).json()))
        .isEqualTo(new JsonObject().put("type", "range").put("upto", first + 301));
    assertFails(
        node.services.call(MdsOperations.DELETE_FROM, user(newUser()), request),
        ErrorCode.FORBIDDEN);
  }

  @Test
  void a_redaction_whose_body_has_not_arrived_is_kept_with_its_range() {
    String bob = newUser();
    SyncFixture fixture = new SyncFixture(node.services);
    String conversation = fixture.write(ann, bob, 3, Instant.now());
    fixture.writeRangeRedaction(ann, bob, 4, 2, 3);
    CassandraStore store = await(STORES.connect(node.vertx));
    await(
        store
            .client()
            .execute(
                SimpleStatement.newInstance(
                    store.withKeyspace(
                        "DELETE FROM $log_bodies WHERE conversation_id = ? AND bucket = 0 AND seq ="
                            + " 4"),
                    conversation)));
    await(store.close());
    assertThat(send(bob, ann, "next").seq()).isEqualTo(5);
    List<Entry> all = history(bob, conversation);
    assertThat(all)
        .extracting(Entry::removed)
        .containsExactly(null, "deleted", "deleted", null, null);
    assertThat(new JsonObject(requireNonNull(all.get(3).body()).json()))
        .isEqualTo(new JsonObject().put("type", "range").put("upto", 3));
  }

  private Stored send(String from, String to, String text) {
    return await(node.send(from, to, uuid(), text));
  }

  private Future<Stored> edit(String by, String conversation, long target, String id, String text) {
    Body body =
        Body.of(JsonNodeFactory.instance.objectNode().put("type", "text").put("text", text));
    return node.services.call(
        MdsOperations.EDIT, user(by), new Edit(conversation, target, id, null, body));
  }

  private Future<Stored> redact(String by, String conversation, long target, String id) {
    return node.services.call(
        MdsOperations.REDACT, user(by), new Redact(conversation, target, id, null));
  }

  private Future<Stored> react(String by, String conversation, long target, String id) {
    return node.services.call(
        MdsOperations.REACT, user(by), new React(conversation, target, id, null, "👍", null));
  }

  private Future<?> ack(
      String by, String conversation, @Nullable Long delivered, @Nullable Long read) {
    return node.services.call(MdsOperations.ACK, user(by), new Ack(conversation, delivered, read));
  }

  private List<Receipt> receipts(String conversation) {
    return await(
            node.services.call(
                MssOperations.READ_RECEIPTS,
                chat.jovial.contract.Caller.SERVICE,
                new ReadReceipts(conversation)))
        .receipts();
  }

  private List<JsonObject> events(String type, String conversation) {
    List<JsonObject> events = new ArrayList<>();
    for (Push push : node.pushes) {
      for (String json : push.events() == null ? List.<String>of() : push.events()) {
        JsonObject event = new JsonObject(json);
        if (type.equals(event.getString("event"))
            && conversation.equals(event.getString("conversation_id"))) {
          events.add(event);
        }
      }
    }
    return events;
  }

  private List<String> kinds(String reader, String conversation) {
    return history(reader, conversation).stream().map(Entry::kind).toList();
  }

  private List<Entry> history(String reader, String conversation) {
    return page(reader, new ReadHistory(conversation, 0L, null, null, 200)).entries();
  }

  private List<Entry> all(String reader, String conversation) {
    List<Entry> all = new ArrayList<>(history(reader, conversation));
    all.addAll(
        page(reader, new ReadHistory(conversation, (long) all.size(), null, null, 200)).entries());
    return all;
  }

  private HistoryPage page(String reader, ReadHistory request) {
    return await(node.services.call(MssOperations.HISTORY, user(reader), request));
  }

  private static void assertFails(Future<?> future, ErrorCode code) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(JovialException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String uuid() {
    return Generators.timeBasedEpochGenerator().generate().toString();
  }
}
