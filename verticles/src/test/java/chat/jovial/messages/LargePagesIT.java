package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.newUser;
import static chat.jovial.messages.LogNode.user;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Ids;
import chat.jovial.contract.MdsOperations;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.Operation;
import chat.jovial.contract.mds.Body;
import chat.jovial.contract.mds.Edit;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.ListMessages;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.ReadHistory;
import chat.jovial.stores.StoresExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of messages as large as they may be: shorter, but together everything, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargePagesIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final int MAX_PAGE_BYTES = 1024 * 1024;

  /** With its frame of JSON the largest body that is taken. */
  private static final String LARGEST =
      "x".repeat(64 * 1024 - "{'type':'text','text':''}".length());

  private static final int LENGTH = 60;
  private static final List<Long> ALL = LongStream.rangeClosed(1, LENGTH).boxed().toList();

  private LogNode node;
  private final String me = newUser();
  private final String bob = newUser();
  private final String conversation = Ids.directConversation(me, bob);

  @BeforeAll
  void start() {
    node = new LogNode(STORES.cassandraConfig(), "folder");
    for (int i = 1; i <= LENGTH; i++) {
      await(
          i % 2 == 0 ? node.send(bob, me, "m" + i, LARGEST) : node.send(me, bob, "m" + i, LARGEST));
    }
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void history_upwards_is_whole_in_pages_of_a_bounded_size() {
    List<Long> seqs = new ArrayList<>();
    HistoryPage page;
    do {
      page = page(me, new ReadHistory(conversation, (long) seqs.size(), null, null, 200));
      assertThat(bytes(page.entries())).isBetween(1, MAX_PAGE_BYTES);
      page.entries().forEach(entry -> seqs.add(entry.seq()));
    } while (page.more());
    assertThat(seqs).isEqualTo(ALL);
  }

  @Test
  void history_downwards_is_whole_in_pages_of_a_bounded_size() {
    List<Long> seqs = new ArrayList<>();
    Long before = null;
    HistoryPage page;
    do {
      page = page(me, new ReadHistory(conversation, null, before, null, 200));
      assertThat(bytes(page.entries())).isBetween(1, MAX_PAGE_BYTES);
      seqs.addAll(0, page.entries().stream().map(Entry::seq).toList());
      before = seqs.get(0);
    } while (page.more());
    assertThat(seqs).isEqualTo(ALL);
  }

  @Test
  void what_was_sent_and_what_was_received_is_whole_in_pages_of_a_bounded_size() {
    assertThat(timeline(MssOperations.SENT))
        .isEqualTo(ALL.stream().filter(s -> s % 2 == 1).toList());
    assertThat(timeline(MssOperations.RECEIVED))
        .isEqualTo(ALL.stream().filter(s -> s % 2 == 0).toList());
  }

  private List<Long> timeline(Operation<ListMessages, MessagePage> operation) {
    List<Long> seqs = new ArrayList<>();
    String cursor = null;
    do {
      MessagePage page =
          await(node.services.call(operation, user(me), new ListMessages(null, null, 200, cursor)));
      assertThat(bytes(page.messages())).isBetween(1, MAX_PAGE_BYTES);
      assertThat(page.messages()).allMatch(entry -> entry.body() != null);
      page.messages().forEach(entry -> seqs.add(0, entry.seq()));
      cursor = page.cursor();
      assertThat(page.more()).isEqualTo(cursor != null);
    } while (cursor != null);
    return seqs;
  }

  @Test
  void large_edits_of_small_messages_make_shorter_pages_and_none_that_counts_is_left_out() {
    String ann = newUser();
    String carol = newUser();
    String edited = Ids.directConversation(ann, carol);
    int length = 40;
    for (int i = 1; i <= length; i++) {
      await(node.send(ann, carol, "m" + i, "small"));
    }
    Map<Long, Long> newestEdits = new TreeMap<>();
    for (int round = 0; round < 2; round++) {
      for (long target = 1; target <= length; target++) {
        Body body = LogNode.message(carol, null, LARGEST).body();
        Stored stored =
            await(
                node.services.call(
                    MdsOperations.EDIT,
                    user(ann),
                    new Edit(edited, target, "e" + round + "." + target, null, body)));
        newestEdits.put(target, stored.seq());
      }
    }
    // Upwards, and downwards from the last message.
    assertThat(newestEditsShown(ann, edited, length, true)).isEqualTo(newestEdits);
    assertThat(newestEditsShown(ann, edited, length, false)).isEqualTo(newestEdits);
  }

  /** By message: the newest edit that came with the page in which the message was. */
  private Map<Long, @Nullable Long> newestEditsShown(
      String reader, String edited, long length, boolean up) {
    Map<Long, @Nullable Long> shown = new TreeMap<>();
    while (shown.size() < length) {
      long done = shown.size();
      HistoryPage page =
          page(
              reader,
              up
                  ? new ReadHistory(edited, done, null, null, (int) Math.min(20, length - done))
                  : new ReadHistory(edited, null, length + 1 - done, null, 20));
      assertThat(bytes(page.entries())).isBetween(1, MAX_PAGE_BYTES);
      List<Entry> related = page.related() == null ? List.of() : page.related();
      assertThat(bytes(related)).isLessThanOrEqualTo(MAX_PAGE_BYTES);
      for (Entry message : page.entries()) {
        shown.put(
            message.seq(),
            related.stream()
                .filter(edit -> edit.target() != null && edit.target() == message.seq())
                .map(Entry::seq)
                .max(Long::compare)
                .orElse(null));
      }
      assertThat(shown).hasSize((int) done + page.entries().size());
    }
    return shown;
  }

  private HistoryPage page(String reader, ReadHistory request) {
    return await(node.services.call(MssOperations.HISTORY, user(reader), request));
  }

  private static int bytes(List<Entry> entries) {
    return entries.stream()
        .mapToInt(entry -> entry.body() == null ? 0 : entry.body().sizeInBytes())
        .sum();
  }
}
