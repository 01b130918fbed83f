package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.newUser;
import static chat.jovial.messages.LogNode.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cassandra.StoreIdentity;
import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.Buckets;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.contract.mss.Sync;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.contract.mss.SyncedConversation;
import chat.jovial.mss.MssVerticle;
import chat.jovial.mss.PageLimiters;
import chat.jovial.stores.StoresExtension;
import chat.jovial.testing.Await;
import com.fasterxml.uuid.Generators;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code mss.sync} on a real Cassandra. Two MSS verticles with nothing in common take turns in
 * answering, so each page comes of another one than the page before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private LogNode node;
  private CassandraStore otherStore;
  private SyncFixture fixture;

  @BeforeAll
  void start() {
    node = new LogNode(STORES.cassandraConfig(), "folder");
    otherStore = await(STORES.connect(node.vertx));
    await(
        node.vertx.deployVerticle(
            new MssVerticle(
                otherStore,
                node.keys,
                node.services,
                PageLimiters.create(1, node.metrics),
                node.metrics,
                Clock.systemUTC())));
    fixture = new SyncFixture(node.services);
  }

  @AfterAll
  void stop() {
    await(otherStore.close());
    node.close();
  }

  @Test
  void the_store_has_an_identity_that_changes_when_a_backup_was_restored() {
    String me = newUser();
    await(node.send(newUser(), me, uuid(), "hello"));
    String before = storeId(me);
    assertThat(before).isNotEmpty();
    for (int i = 0; i < 4; i++) {
      assertThat(storeId(me)).as("of both instances").isEqualTo(before);
    }

    String after = await(new StoreIdentity(otherStore, Clock.systemUTC()).renew());

    assertThat(after).isNotEqualTo(before);
    Await.await("syncs show the new identity")
        .until(() -> IntStream.range(0, 4).allMatch(i -> after.equals(storeId(me))));
  }

  @Test
  void a_first_sync_has_every_conversation_its_newest_entries_and_unread_counts() {
    String me = newUser();
    String bob = newUser();
    String cid = newUser();
    for (int i = 1; i <= 3; i++) {
      await(node.send(bob, me, uuid(), "from bob " + i));
    }
    await(node.send(me, cid, uuid(), "to cid"));

    SyncPage page = sync(me, null, Map.of());

    assertThat(page.more()).isFalse();
    assertThat(page.conversations())
        .extracting(SyncedConversation::userId)
        .containsExactly(cid, bob);
    SyncedConversation ofBob = page.conversations().get(1);
    assertThat(ofBob.lastSeq()).isEqualTo(3);
    assertThat(ofBob.unread()).isEqualTo(3);
    assertThat(ofBob.readUpto()).isZero();
    assertThat(ofBob.receipts())
        .extracting(receipt -> receipt.userId() + receipt.deliveredUpto() + receipt.readUpto())
        .containsExactly(bob + "00");
    assertThat(page.conversations().get(0).unread()).isZero();
    assertThat(page.entries()).extracting(Entry::seq).containsExactly(1L, 1L, 2L, 3L);
    assertThat(page.entries().get(3).storedAt()).isEqualTo(ofBob.lastStoredAt());
    assertThat(sync(newUser(), null, Map.of()).conversations()).isEmpty();
  }

  @Test
  void entries_that_the_client_has_do_not_come_again_and_state_always_does() {
    String me = newUser();
    String bob = newUser();
    String conversation = "";
    for (int i = 1; i <= 5; i++) {
      conversation = await(node.send(bob, me, uuid(), "m" + i)).conversationId();
    }
    SyncPage first = sync(me, null, Map.of(conversation, 3L));
    assertThat(first.entries()).extracting(Entry::seq).containsExactly(4L, 5L);

    SyncPage second = sync(me, first.cursor(), Map.of(conversation, 5L));
    assertThat(second.entries()).isEmpty();
    assertThat(second.conversations().get(0).lastSeq()).isEqualTo(5);
    assertThat(second.conversations().get(0).unread()).isEqualTo(5);
    assertThat(second.conversations().get(0).lastStoredAt())
        .isEqualTo(first.entries().get(1).storedAt());
    SyncPage boasting = sync(me, null, Map.of(conversation, 99L));
    assertThat(boasting.entries()).isEmpty();
    assertThat(boasting.conversations().get(0).lastSeq()).isEqualTo(5);
  }

  @Test
  void nobody_gets_anything_of_others_whatever_cursor_or_have_they_send() {
    String ann = newUser();
    String bob = newUser();
    String eve = newUser();
    String conversation = await(node.send(ann, bob, uuid(), "private")).conversationId();
    String cursor = sync(ann, null, Map.of()).cursor();

    assertThatThrownBy(() -> sync(eve, cursor, Map.of()))
        .isInstanceOfSatisfying(
            JovialException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    SyncPage page = sync(eve, null, Map.of(conversation, 0L));
    assertThat(page.conversations()).isEmpty();
    assertThat(page.entries()).isEmpty();
    assertThatThrownBy(
            () ->
                await(
                    node.services.call(
                        MssOperations.SYNC,
                        Caller.anyone(null, null),
                        new Sync(null, Map.of(), null))))
        .isInstanceOfSatisfying(
            JovialException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
  }

  @Test
  void sync_and_history_together_are_everything_and_no_entry_comes_twice() {
    String me = newUser();
    Map<String, Long> lengths = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      int length = 1 + i * 7;
      lengths.put(
          fixture.write(me, newUser(), length, Instant.now().minus(Duration.ofHours(i * 3L))),
          (long) length);
    }
    Device device = new Device(me);
    int pages = device.syncAll(60);
    assertThat(pages).isGreaterThan(10);
    assertThat(device.twice).isEmpty();
    assertThat(device.ends).isEqualTo(lengths);
    device.fillGaps();
    device.assertComplete();
  }

  @Test
  void an_end_that_was_not_acknowledged_is_not_shown() {
    String me = newUser();
    String bob = newUser();
    // The last group of an owner that died: entry 5 is beyond a gap, nobody was told of it.
    String conversation = fixture.write(me, bob, 3, Instant.now());
    fixture.writeBeyond(me, bob, 5);

    SyncPage page = sync(me, null, Map.of());

    assertThat(page.conversations().get(0).lastSeq()).isEqualTo(3);
    assertThat(page.entries()).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
    assertThat(page.conversations().get(0).lastStoredAt())
        .isEqualTo(page.entries().get(2).storedAt());
    assertThat(await(node.send(bob, me, uuid(), "next")).seq()).isEqualTo(4);
    assertThat(sync(me, page.cursor(), Map.of(conversation, 3L)).entries())
        .extracting(Entry::seq)
        .containsExactly(4L);
  }

  @Test
  void receipts_and_the_own_watermark_are_shown_never_above_the_end_and_unread_follows() {
    String me = newUser();
    String bob = newUser();
    String conversation = fixture.write(me, bob, 120, Instant.now());
    fixture.receipt(otherStore, conversation, me, 30L, 20L);
    fixture.receipt(otherStore, conversation, bob, null, 500L);

    SyncedConversation state = sync(me, null, Map.of()).conversations().get(0);

    assertThat(state.readUpto()).isEqualTo(20);
    assertThat(state.deliveredUpto()).isEqualTo(30);
    // Every other one is bob's, the even ones.
    assertThat(state.unread()).isEqualTo(50);
    assertThat(state.receipts().get(0).userId()).isEqualTo(bob);
    assertThat(state.receipts().get(0).readUpto()).isEqualTo(120);
    assertThat(state.receipts().get(0).deliveredUpto()).isEqualTo(120);

    fixture.receipt(otherStore, conversation, me, 120L, 119L);
    assertThat(sync(me, null, Map.of()).conversations().get(0).unread()).isEqualTo(1);
    fixture.receipt(otherStore, conversation, me, 120L, 120L);
    assertThat(sync(me, null, Map.of(conversation, 120L)).conversations().get(0).unread()).isZero();
  }

  @Test
  void unread_is_counted_over_buckets_and_ends_at_ten_thousand() {
    String me = newUser();
    String bob = newUser();
    String cid = newUser();
    fixture.writeLong(me, bob, 9_000);
    fixture.writeLong(me, cid, 21_000);

    Map<String, Integer> unread = new HashMap<>();
    SyncPage page = sync(me, null, Map.of());
    page.conversations().forEach(state -> unread.put(state.userId(), state.unread()));
    assertThat(unread).isEqualTo(Map.of(bob, 4_500, cid, 10_000));
  }

  @Test
  void the_newest_entry_is_found_when_a_log_has_grown_into_another_bucket() {
    String me = newUser();
    String bob = newUser();
    fixture.writeLong(me, bob, Buckets.SIZE - 1);
    for (long seq = Buckets.SIZE - 1; seq < Buckets.SIZE + 2; seq++) {
      // Of both instances, each of which remembers where the newest entry was.
      for (int i = 0; i < 2; i++) {
        SyncPage page = sync(me, null, Map.of());
        assertThat(page.conversations().get(0).lastSeq()).isEqualTo(seq);
        assertThat(page.entries().get(49).seq()).isEqualTo(seq);
      }
      assertThat(await(node.send(bob, me, uuid(), "next")).seq()).isEqualTo(seq + 1);
    }
  }

  @Test
  void a_conversation_in_which_only_a_receipt_is_new_comes_when_its_owner_has_noted_it() {
    String me = newUser();
    String bob = newUser();
    String conversation = fixture.write(me, bob, 4, Instant.now().minus(Duration.ofDays(9)));
    fixture.touch(me, bob, Instant.now().minus(Duration.ofDays(9)));
    SyncPage before = sync(me, null, Map.of());
    assertThat(sync(me, before.cursor(), Map.of()).conversations()).isEmpty();

    fixture.receipt(otherStore, conversation, bob, 4L, 3L);
    fixture.touch(me, bob, Instant.now());

    SyncPage after = sync(me, before.cursor(), Map.of(conversation, 4L));
    assertThat(after.entries()).isEmpty();
    assertThat(after.conversations().get(0).receipts().get(0).readUpto()).isEqualTo(3);
  }

  @Test
  void messages_that_arrive_while_a_device_pages_are_not_lost() {
    String me = newUser();
    List<String> friends = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      friends.add(newUser());
      fixture.write(me, friends.get(i), 40, Instant.now().minus(Duration.ofDays(i)));
    }
    Device device = new Device(me);
    int[] sent = {0};
    device.betweenPages =
        page -> {
          if (page > 6) {
            return;
          }
          // Into one that was shown, one that has yet to come, and a new one.
          for (String friend : List.of(friends.get(page), friends.get(11 - page), newUser())) {
            Stored stored = await(node.send(friend, me, uuid(), "while paging"));
            device.expect(stored.conversationId(), stored.seq());
            sent[0]++;
          }
        };
    device.syncAll(50);
    assertThat(sent[0]).isGreaterThan(15);
    assertThat(device.twice).isEmpty();
    device.fillGaps();
    device.assertComplete();
    assertThat(device.expected)
        .allSatisfy(
            (conversation, seq) -> assertThat(device.ends.get(conversation)).isEqualTo(seq));
  }

  @Test
  void bodies_that_are_large_make_more_pages_and_not_larger_ones() {
    String me = newUser();
    Map<String, Long> lengths = new HashMap<>();
    for (int i = 0; i < 14; i++) {
      lengths.put(fixture.writeLarge(me, newUser(), 8, 60_000), 8L);
    }
    Device device = new Device(me);
    assertThat(device.syncAll(500)).isGreaterThan(1);
    assertThat(device.largestPageBytes).isLessThan(2_000_000);
    assertThat(device.ends).isEqualTo(lengths);
    assertThat(device.twice).isEmpty();
    device.fillGaps();
    device.assertComplete();
  }

  private SyncPage sync(String me, @Nullable String cursor, Map<String, Long> have) {
    return await(node.services.call(MssOperations.SYNC, user(me), new Sync(cursor, have, null)));
  }

  private @Nullable String storeId(String me) {
    return sync(me, null, Map.of()).storeId();
  }

  private static String uuid() {
    return Generators.timeBasedEpochGenerator().generate().toString();
  }

  /** What a device does: syncs in pages, keeps entries once, reads ranges that it lacks. */
  private final class Device {
    private final String me;
    private final Map<String, TreeMap<Long, Entry>> held = new HashMap<>();
    final Map<String, Long> ends = new HashMap<>();
    final Map<String, Long> expected = new HashMap<>();
    final List<Entry> twice = new ArrayList<>();
    int largestPageBytes;
    Pause betweenPages = page -> {};
    private @Nullable String cursor;

    Device(String me) {
      this.me = me;
    }

    void expect(String conversation, long seq) {
      expected.merge(conversation, seq, Math::max);
    }

    int syncAll(int limit) {
      int pages = 0;
      SyncPage page;
      do {
        page =
            await(node.services.call(MssOperations.SYNC, user(me), new Sync(cursor, ends, limit)));
        take(page);
        cursor = page.cursor();
        betweenPages.after(pages);
        pages++;
      } while (page.more());
      return pages;
    }

    private void take(SyncPage page) {
      assertThat(page.conversations()).doesNotHaveDuplicates();
      largestPageBytes = Math.max(largestPageBytes, chat.jovial.contract.Json.write(page).length);
      for (Entry entry : page.entries()) {
        if (held(entry.conversationId()).put(entry.seq(), entry) != null) {
          twice.add(entry);
        }
      }
      for (SyncedConversation state : page.conversations()) {
        long had = ends.getOrDefault(state.conversationId(), 0L);
        assertThat(state.lastSeq()).isGreaterThanOrEqualTo(had);
        if (state.lastSeq() > had) {
          assertThat(held(state.conversationId()).lastKey()).isEqualTo(state.lastSeq());
        }
        ends.put(state.conversationId(), state.lastSeq());
      }
    }

    void fillGaps() {
      ends.forEach(
          (conversation, end) -> {
            long next = 1;
            while (next <= end) {
              if (held(conversation).containsKey(next)) {
                next++;
                continue;
              }
              HistoryPage page =
                  await(
                      node.services.call(
                          MssOperations.HISTORY,
                          user(me),
                          new ReadHistory(conversation, next - 1, null, null, 200)));
              page.entries().forEach(entry -> held(conversation).put(entry.seq(), entry));
            }
          });
    }

    void assertComplete() {
      ends.forEach(
          (conversation, end) ->
              assertThat(new ArrayList<>(held(conversation).keySet()))
                  .as(conversation)
                  .isEqualTo(LongStream.rangeClosed(1, end).boxed().toList()));
    }

    private TreeMap<Long, Entry> held(String conversation) {
      return held.computeIfAbsent(conversation, id -> new TreeMap<>());
    }
  }

  private interface Pause {
    void after(int page);
  }
}
