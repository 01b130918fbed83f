package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.React;
import chat.jovial.contract.mds.Redact;
import chat.jovial.contract.mds.Removal;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.GetCommittedSeq;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.KeyScope;
import chat.jovial.keys.TestKeys;
import chat.jovial.mss.MssVerticle;
import chat.jovial.mss.PageLimiters;
import chat.jovial.stores.StoresExtension;
import com.datastax.oss.driver.api.core.cql.Row;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is left of messages when a key is destroyed: on the node that owns their conversations, on
 * another one that reads the same store with keys of its own in memory, and in the store itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final String SECRET = "the plans of the invasion";

  private String ann = "";
  private String bob = "";
  private String cleo = "";
  private Vertx elsewhere;
  private LogNode owner;
  private ServiceClient other;
  private DataKeys keysElsewhere;

  @BeforeEach
  void start() {
    ann = LogNode.newUser();
    bob = LogNode.newUser();
    cleo = LogNode.newUser();
    elsewhere = Vertx.vertx();
    owner = new LogNode(STORES.cassandraConfig(), "folder");
    Codecs.register(elsewhere.eventBus());
    other = new ServiceClient(elsewhere.eventBus(), Duration.ofSeconds(10));
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      elsewhere
          .eventBus()
          .<Call>consumer(
              Shards.address(shard),
              message ->
                  owner
                      .services
                      .call(
                          MdsOperations.COMMITTED_SEQ,
                          Caller.SERVICE,
                          (GetCommittedSeq) message.body().request())
                      .onSuccess(message::reply)
                      .onFailure(failure -> message.reply(JovialException.of(failure))));
    }
    keysElsewhere = await(TestKeys.start(elsewhere, owner.store, owner.ticks::get));
    await(
        elsewhere.deployVerticle(
            new MssVerticle(
                owner.store,
                keysElsewhere,
                other,
                PageLimiters.create(1, new SimpleMeterRegistry()),
                new SimpleMeterRegistry(),
                Clock.systemUTC())));
  }

  @AfterEach
  void stop() {
    await(elsewhere.close());
    owner.close();
  }

  @Test
  void a_destroyed_conversation_is_unreadable_on_every_node_and_other_ones_are_not() {
    send(ann, bob, SECRET);
    send(bob, ann, "a reply: " + SECRET);
    Stored elsewhereSaid = send(ann, cleo, "something else");
    assertThat(texts(owner.services, ann, bob)).hasSize(2).allMatch(text -> text.contains(SECRET));
    assertThat(texts(other, bob, ann)).hasSize(2).allMatch(text -> text.contains(SECRET));
    assertNowhereInStore(SECRET);

    await(keysElsewhere.destroy(KeyScope.conversation(conversation(ann, bob))));
    aMinutePasses();
    for (ServiceClient node : List.of(owner.services, other)) {
      assertThat(entries(node, ann, bob))
          .hasSize(2)
          .allMatch(e -> e.body() == null && Removal.ERASED.equals(e.removed()));
      assertThat(texts(node, ann, cleo)).hasSize(1);
    }
    assertThat(await(received(owner.services, bob))).extracting(Entry::body).containsOnlyNulls();
    assertGone(() -> send(ann, bob, "more"), "conversation was erased");
    assertGone(
        () ->
            await(
                owner.services.call(
                    MdsOperations.REACT,
                    user(bob),
                    new React(conversation(ann, bob), 1, "react", null, "+", null))),
        "erased");
    // What says nothing is let in: the log goes on.
    await(
        owner.services.call(
            MdsOperations.REDACT, user(ann), new Redact(conversation(ann, bob), 1, null, null)));
    assertThat(send(ann, cleo, "still here").seq()).isEqualTo(elsewhereSaid.seq() + 1);
    assertNowhereInStore(SECRET);
  }

  @Test
  void what_a_destroyed_user_wrote_is_unreadable_everywhere_and_the_others_words_stay() {
    send(ann, bob, SECRET);
    send(bob, ann, "the answer");
    send(ann, cleo, SECRET);
    await(owner.keys.destroy(KeyScope.user(ann)));
    aMinutePasses();
    for (ServiceClient node : List.of(owner.services, other)) {
      assertThat(entries(node, bob, ann))
          .extracting(Entry::removed)
          .containsExactly("erased", null);
      assertThat(texts(node, bob, ann)).hasSize(1).allMatch(text -> text.contains("the answer"));
      assertThat(texts(node, cleo, ann)).isEmpty();
    }
    assertGone(() -> send(ann, LogNode.newUser(), "anything"), "user wrote was erased");
    assertThat(send(bob, ann, "are you there?").seq()).isEqualTo(3);
    assertNowhereInStore(SECRET);
  }

  @Test
  void a_key_destroyed_while_its_last_messages_are_unsettled_ends_no_log() {
    Stored last = null;
    for (int i = 0; i < 20; i++) {
      last = send(ann, bob, SECRET + i);
    }
    await(owner.keys.destroy(KeyScope.user(ann)));
    owner.kill();
    owner = new LogNode(STORES.cassandraConfig(), "folder");
    // The new owner settles the end of the log, whose bodies it cannot read.
    Stored next = send(bob, ann, "still the same log");
    assertThat(next.seq()).isEqualTo(Objects.requireNonNull(last).seq() + 1);
    assertThat(entries(owner.services, bob, ann))
        .hasSize(21)
        .extracting(Entry::seq)
        .isSorted()
        .endsWith(next.seq());
    assertThat(texts(owner.services, bob, ann)).hasSize(1);
  }

  @Test
  void a_message_let_in_before_its_key_was_destroyed_is_stored_without_its_text() {
    send(ann, bob, "first");
    await(owner.keys.destroy(KeyScope.user(ann)));
    Stored late = send(ann, bob, SECRET);
    assertThat(late.seq()).isEqualTo(2);
    assertThat(entries(owner.services, bob, ann))
        .extracting(Entry::removed)
        .containsExactly("erased", "erased");
    assertNowhereInStore(SECRET);
  }

  @Test
  void a_text_of_a_release_without_sealing_is_readable_until_its_key_is_destroyed() {
    Stored old = send(ann, bob, "sealed");
    String plain = "{\"type\":\"text\",\"text\":\"as it is\"}";
    String row =
        " WHERE conversation_id = '"
            + conversation(ann, bob)
            + "' AND bucket = 0 AND seq = "
            + old.seq();
    // At the timestamp of the log's epoch, which may be ahead of the clock.
    long epoch = await(query("SELECT writetime(sealed) FROM $log_bodies" + row)).get(0).getLong(0);
    await(
        query(
            "UPDATE $log_bodies USING TIMESTAMP "
                + epoch
                + " SET body = '"
                + plain
                + "', sealed = null"
                + row));
    assertThat(texts(owner.services, bob, ann)).containsExactly(plain);
    await(owner.keys.destroy(KeyScope.user(ann)));
    assertThat(entries(owner.services, bob, ann)).extracting(Entry::removed).containsOnly("erased");
  }

  private Future<List<Row>> query(String cql) {
    return owner.store.client().executeWithFullFetch(owner.store.withKeyspace(cql));
  }

  private void aMinutePasses() {
    owner.ticks.addAndGet(Duration.ofMinutes(1).toNanos());
  }

  private static void assertGone(Runnable call, String why) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            JovialException.class, gone -> assertThat(gone.code()).isEqualTo(ErrorCode.GONE))
        .hasMessageContaining(why);
  }

  private Stored send(String from, String to, String text) {
    return await(owner.send(from, to, null, text));
  }

  private static String conversation(String one, String other) {
    return Ids.directConversation(one, other);
  }

  private static List<Entry> entries(ServiceClient node, String reader, String peer) {
    HistoryPage page =
        await(
            node.call(
                MssOperations.HISTORY,
                user(reader),
                new ReadHistory(conversation(reader, peer), 0L, null, null, null)));
    return page.entries();
  }

  private static List<String> texts(ServiceClient node, String reader, String peer) {
    return entries(node, reader, peer).stream()
        .map(Entry::body)
        .filter(Objects::nonNull)
        .map(body -> body.json())
        .toList();
  }

  private static Future<List<Entry>> received(ServiceClient node, String reader) {
    return node.call(MssOperations.RECEIVED, user(reader), new ListMessages(null, null, null, null))
        .map(page -> page.messages());
  }

  /** Neither in a row of any table, as text or as bytes, nor in a file of Cassandra's. */
  private void assertNowhereInStore(String text) {
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    List<Row> tables =
        await(
            query(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = '"
                    + STORES.name()
                    + "'"));
    assertThat(tables).hasSizeGreaterThan(10);
    int rows = 0;
    for (Row table : tables) {
      for (Row row : await(query("SELECT JSON * FROM $" + table.getString(0)))) {
        rows++;
        assertThat(row.getString(0)).doesNotContain(text).doesNotContain(hex);
      }
    }
    assertThat(rows).isGreaterThan(10);
    try (Stream<Path> files = Files.walk(STORES.cassandraFolder())) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> assertThat(content(file)).as(file.toString()).doesNotContain(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Removed meanwhile, as by a compaction.
      return "";
    }
  }
}
