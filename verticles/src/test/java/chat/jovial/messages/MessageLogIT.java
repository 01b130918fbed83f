package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.message;
import static chat.jovial.messages.LogNode.newUser;
import static chat.jovial.messages.LogNode.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.stores.StoresExtension;
import com.fasterxml.uuid.Generators;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The message log on a real Cassandra: what is stored stays stored, once, in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageLogIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

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
  void a_message_is_stored_read_by_both_and_pushed() {
    String ann = newUser();
    String bob = newUser();
    Stored stored = await(node.send(ann, bob, uuid(), "hello"));
    assertThat(stored.seq()).isEqualTo(1);
    assertThat(stored.duplicate()).isNull();
    for (String reader : List.of(ann, bob)) {
      Entry entry = history(reader, stored.conversationId()).get(0);
      assertThat(texts(List.of(entry))).containsExactly("hello");
      assertThat(entry.senderId()).isEqualTo(ann);
      assertThat(entry.recipientId()).isEqualTo(bob);
      assertThat(entry.storedAt()).isEqualTo(stored.storedAt());
    }
    Push push =
        node.pushes.stream()
            .filter(p -> !p.entries().isEmpty())
            .filter(p -> p.entries().get(0).conversationId().equals(stored.conversationId()))
            .findFirst()
            .orElseThrow();
    assertThat(push.userIds()).containsExactlyInAnyOrder(ann, bob);
    assertThat(push.origins()).containsExactly("connection of " + ann);
  }

  @Test
  void pipelined_sends_keep_their_order_and_have_no_gaps() {
    String ann = newUser();
    String bob = newUser();
    List<Future<Stored>> sends = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      // Some ids the memory can decide on, some the store must be asked for.
      sends.add(node.send(ann, bob, i % 7 == 0 ? "plain-" + i : uuid(), "m" + i));
    }
    await(Future.all(sends));
    List<Long> seqs = sends.stream().map(send -> send.result().seq()).toList();
    assertThat(seqs).isEqualTo(LongStream.rangeClosed(1, 1000).boxed().toList());
    assertThat(texts(all(bob, Ids.directConversation(ann, bob))))
        .isEqualTo(LongStream.range(0, 1000).mapToObj(i -> "m" + i).toList());
  }

  @Test
  void the_same_client_id_is_stored_once_whatever_its_form_and_however_often_it_comes() {
    for (String id : List.of(uuid(), "any string", UUID.randomUUID().toString(), oldUuid())) {
      String ann = newUser();
      String bob = newUser();
      await(node.send(ann, bob, uuid(), "before"));
      Future<Stored> one = node.send(ann, bob, id, "text");
      Future<Stored> other = node.send(ann, bob, id, "text");
      await(Future.all(one, other));
      assertThat(one.result().seq()).isEqualTo(2);
      assertThat(other.result().seq()).isEqualTo(2);
      assertThat(one.result().duplicate()).isNull();
      assertThat(other.result().duplicate()).isTrue();
      Stored later = await(node.send(ann, bob, id, "text"));
      assertThat(later.seq()).isEqualTo(2);
      assertThat(later.duplicate()).isTrue();
      assertThat(later.storedAt()).isEqualTo(one.result().storedAt());
      assertThat(await(node.send(bob, ann, id, "of another sender")).seq()).isEqualTo(3);
      assertThat(all(ann, later.conversationId())).hasSize(3);
    }
  }

  @Test
  void the_same_client_id_with_another_body_is_a_conflict() {
    String ann = newUser();
    String bob = newUser();
    String id = uuid();
    Future<Stored> first = node.send(ann, bob, id, "one");
    assertFails(node.send(ann, bob, id, "two"), ErrorCode.CONFLICT);
    assertThat(await(first).seq()).isEqualTo(1);
    assertFails(node.send(ann, bob, id, "two"), ErrorCode.CONFLICT);
  }

  @Test
  void a_client_id_from_the_future_is_refused_and_told_the_time() {
    UUID ahead =
        Generators.timeBasedEpochGenerator()
            .construct(System.currentTimeMillis() + Duration.ofMinutes(11).toMillis());
    assertThatThrownBy(() -> await(node.send(newUser(), newUser(), ahead.toString(), "x")))
        .isInstanceOfSatisfying(
            JovialException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(e.details()).containsKey("server_time");
            });
  }

  @Test
  void who_does_not_exist_or_is_in_another_app_gets_nothing() {
    String stranger = newUser();
    assertFails(
        node.services.call(
            MdsOperations.SEND,
            chat.jovial.contract.Caller.user("other app", newUser(), "d", "s", null, null),
            message(stranger, uuid(), "x")),
        ErrorCode.NOT_FOUND);
    assertFails(node.send(newUser(), "nobody", uuid(), "x"), ErrorCode.NOT_FOUND);
  }

  @Test
  void an_expired_body_is_gone_and_its_entry_stays_also_after_recovery() {
    String ann = newUser();
    String bob = newUser();
    Send shortLived = message(bob, uuid(), "for a second");
    Stored stored =
        await(
            node.services.call(
                MdsOperations.SEND,
                user(ann),
                new Send(
                    shortLived.to(), shortLived.clientId(), null, shortLived.body(), null, 1L)));
    Instant giveUp = Instant.now().plusSeconds(30);
    while (history(bob, stored.conversationId()).get(0).body() != null) {
      assertThat(Instant.now()).isBefore(giveUp);
    }
    node.close();
    node = newNode();
    assertThat(await(node.send(bob, ann, uuid(), "next")).seq()).isEqualTo(2);
    Entry expired = history(bob, stored.conversationId()).get(0);
    assertThat(expired.seq()).isEqualTo(1);
    assertThat(expired.body()).isNull();
    assertThat(expired.expiresAt()).isEqualTo(stored.storedAt().plusSeconds(1));
  }

  @Test
  void nobody_else_reads_a_conversation() {
    Stored stored = await(node.send(newUser(), newUser(), uuid(), "private"));
    assertFails(
        node.services.call(
            MssOperations.HISTORY,
            user(newUser()),
            new ReadHistory(stored.conversationId(), null, null, null, null)),
        ErrorCode.FORBIDDEN);
  }

  @Test
  void a_body_that_is_too_large_is_refused_by_name() {
    assertFails(
        node.send(newUser(), newUser(), uuid(), "x".repeat(65 * 1024)), ErrorCode.TOO_LARGE);
  }

  @Test
  void everything_is_there_after_a_stop_and_after_a_kill_and_ids_are_still_known() {
    String ann = newUser();
    String bob = newUser();
    String id = uuid();
    Stored first = await(node.send(ann, bob, id, "one"));
    node.close();
    node = newNode();
    assertThat(await(node.send(ann, bob, id, "one")).duplicate()).isTrue();
    assertThat(await(node.send(bob, ann, uuid(), "two")).seq()).isEqualTo(2);
    node.kill();
    node = newNode();
    assertThat(texts(all(bob, first.conversationId()))).containsExactly("one", "two");
    assertThat(await(node.send(bob, ann, "plain", "three")).seq()).isEqualTo(3);
    assertThat(await(node.send(ann, bob, id, "one")).seq()).isEqualTo(1);
  }

  @Test
  void no_send_is_acknowledged_while_the_store_is_paused_and_service_resumes() throws Exception {
    String ann = newUser();
    String bob = newUser();
    String conversation = await(node.send(ann, bob, uuid(), "before")).conversationId();
    String id = uuid();
    signal("STOP");
    try {
      assertFails(node.send(ann, bob, id, "during"), ErrorCode.TRY_AGAIN);
    } finally {
      signal("CONT");
    }
    long seq = awaitStored(ann, bob, id);
    assertThat(await(node.send(ann, bob, uuid(), "after")).seq()).isEqualTo(seq + 1);
    assertThat(texts(all(bob, conversation))).containsExactly("before", "during", "after");
  }

  /** Repeats a send while it is told to try again, as a client does. */
  private long awaitStored(String from, String to, String id) {
    while (true) {
      try {
        return await(node.send(from, to, id, "during")).seq();
      } catch (JovialException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.TRY_AGAIN);
      }
    }
  }

  private void signal(String name) throws Exception {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(STORES.cassandra().pid()))
            .start()
            .waitFor();
    assertThat(exit).isZero();
  }

  @Test
  void a_log_goes_on_over_the_boundary_of_a_bucket_and_over_a_restart_right_there() {
    String ann = newUser();
    String bob = newUser();
    List<Future<Stored>> sends = new ArrayList<>();
    for (int i = 1; i <= Buckets.SIZE; i++) {
      sends.add(node.send(ann, bob, uuid(), "m" + i));
      if (sends.size() == 1000) {
        await(Future.all(sends));
        sends.clear();
      }
    }
    await(Future.all(sends));
    String conversation = Ids.directConversation(ann, bob);
    node.close();
    node = newNode();
    String id = "plain";
    assertThat(await(node.send(ann, bob, id, "next")).seq()).isEqualTo(Buckets.SIZE + 1);
    node.close();
    node = newNode();
    assertThat(await(node.send(ann, bob, id, "next")).duplicate()).isTrue();
    assertThat(await(node.send(ann, bob, uuid(), "last")).seq()).isEqualTo(Buckets.SIZE + 2);
    List<Entry> all = all(bob, conversation);
    assertThat(all.stream().map(Entry::seq).toList())
        .isEqualTo(LongStream.rangeClosed(1, Buckets.SIZE + 2).boxed().toList());
  }

  @Test
  void history_pages_both_ways_and_finds_a_time() {
    String ann = newUser();
    String bob = newUser();
    for (int i = 1; i <= 10; i++) {
      await(node.send(ann, bob, uuid(), "m" + i));
    }
    String conversation = Ids.directConversation(ann, bob);
    HistoryPage newest = page(ann, new ReadHistory(conversation, null, null, null, 3));
    assertThat(texts(newest.entries())).containsExactly("m8", "m9", "m10");
    assertThat(newest.more()).isTrue();
    HistoryPage older = page(ann, new ReadHistory(conversation, null, 8L, null, 200));
    assertThat(older.entries()).hasSize(7);
    assertThat(older.more()).isFalse();
    HistoryPage after = page(ann, new ReadHistory(conversation, 4L, null, null, 2));
    assertThat(texts(after.entries())).containsExactly("m5", "m6");
    assertThat(after.more()).isTrue();
    Instant sixth = older.entries().get(5).storedAt();
    assertThat(
            page(ann, new ReadHistory(conversation, null, null, sixth, 1))
                .entries()
                .get(0)
                .storedAt())
        .isEqualTo(sixth);
    assertThat(page(ann, new ReadHistory(conversation, 10L, null, null, 5)).entries()).isEmpty();
    assertThat(
            page(ann, new ReadHistory(Ids.directConversation(ann, newUser()), null, null, null, 5)))
        .isEqualTo(new HistoryPage(List.of(), false, null));
  }

  @Test
  void received_and_sent_go_over_all_conversations_newest_first_in_pages() {
    String me = newUser();
    List<String> sent = new ArrayList<>();
    List<String> received = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String friend = newUser();
      await(node.send(me, friend, uuid(), "to " + i));
      sent.add(0, "to " + i);
      await(node.send(friend, me, uuid(), "from " + i));
      received.add(0, "from " + i);
    }
    assertThat(timeline(me, true)).isEqualTo(sent);
    assertThat(timeline(me, false)).isEqualTo(received);
    assertThat(timeline(newUser(), true)).isEmpty();
    assertFails(
        node.services.call(
            MssOperations.SENT, user(me), new ListMessages(null, null, 5, "made up")),
        ErrorCode.INVALID_REQUEST);
  }

  private List<String> timeline(String me, boolean own) {
    List<String> texts = new ArrayList<>();
    String cursor = null;
    do {
      MessagePage page =
          await(
              node.services.call(
                  own ? MssOperations.SENT : MssOperations.RECEIVED,
                  user(me),
                  new ListMessages(null, null, 5, cursor)));
      texts.addAll(texts(page.messages()));
      cursor = page.cursor();
      assertThat(page.more()).isEqualTo(cursor != null);
    } while (cursor != null);
    return texts;
  }

  private List<Entry> history(String reader, String conversation) {
    return page(reader, new ReadHistory(conversation, null, null, null, null)).entries();
  }

  private List<Entry> all(String reader, String conversation) {
    List<Entry> all = new ArrayList<>();
    HistoryPage page;
    do {
      long after = all.isEmpty() ? 0 : all.get(all.size() - 1).seq();
      page = page(reader, new ReadHistory(conversation, after, null, null, 200));
      all.addAll(page.entries());
    } while (page.more());
    return all;
  }

  private HistoryPage page(String reader, ReadHistory request) {
    return await(node.services.call(MssOperations.HISTORY, user(reader), request));
  }

  private static List<String> texts(List<Entry> entries) {
    return entries.stream()
        .map(entry -> String.valueOf(entry.body() == null ? null : entry.body().json()))
        .map(json -> json.replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private static void assertFails(Future<?> future, ErrorCode code) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(JovialException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static String uuid() {
    return Generators.timeBasedEpochGenerator().generate().toString();
  }

  /** Made long before the memory of sends begins. */
  private static String oldUuid() {
    return Generators.timeBasedEpochGenerator()
        .construct(System.currentTimeMillis() - Duration.ofDays(30).toMillis())
        .toString();
  }
}
