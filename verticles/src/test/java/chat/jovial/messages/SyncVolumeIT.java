package chat.jovial.messages;

import static chat.jovial.messages.LogNode.await;
import static chat.jovial.messages.LogNode.newUser;
import static chat.jovial.messages.LogNode.user;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.Sync;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.contract.mss.SyncedConversation;
import chat.jovial.stores.StoresExtension;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One who was away for long: 2,000 conversations with 100,000 entries. Prints what serving them
 * took; asserts only that they are served whole, once, in pages of bounded size.
 */
class SyncVolumeIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private static final int CONVERSATIONS = 2_000;
  private static final int ENTRIES_EACH = 50;
  private static final int TEXT_CHARACTERS = 100;
  private static final int WRITERS = 32;

  /** What a request may name. */
  private static final int MAX_HAVE = 500;

  @Test
  void two_thousand_conversations_with_a_hundred_thousand_entries_are_served_in_pages() {
    try (LogNode node = new LogNode(STORES.cassandraConfig(), "folder")) {
      String me = newUser();
      List<String> newestFirst = fill(new SyncFixture(node.services), me);
      Figures first = syncAll(node, me, new Figures(null, Map.of()));
      first.print("first sync");

      assertThat(first.entries).isEqualTo(CONVERSATIONS * ENTRIES_EACH);
      assertThat(first.unread).isEqualTo(CONVERSATIONS * ENTRIES_EACH / 2);
      assertThat(first.order).isEqualTo(newestFirst);
      assertThat(first.largestPage).isLessThan(1_000_000);

      Figures second = syncAll(node, me, new Figures(first.cursor, first.have));
      second.print("sync after it, of the conversations of two days");
      assertThat(second.entries).isZero();
    }
  }

  /** Conversations of the last 2,000 hours; those of one day are noted at different times. */
  private static List<String> fill(SyncFixture fixture, String me) {
    List<String> ids = new ArrayList<>();
    Instant now = Instant.now();
    for (int i = 0; i < CONVERSATIONS; i += WRITERS) {
      List<Supplier<Future<String>>> some = new ArrayList<>();
      for (int j = i; j < Math.min(CONVERSATIONS, i + WRITERS); j++) {
        String friend = newUser();
        Instant at = now.minus(Duration.ofHours(j));
        some.add(() -> fixture.writing(me, friend, ENTRIES_EACH, "x".repeat(TEXT_CHARACTERS), at));
      }
      List<Future<String>> begun = some.stream().map(Supplier::get).toList();
      await(Future.join(begun).otherwiseEmpty());
      for (int k = 0; k < begun.size(); k++) {
        Future<String> done = begun.get(k);
        ids.add(done.succeeded() ? done.result() : askedUntilAnswered(some.get(k)));
      }
    }
    return ids;
  }

  private static Figures syncAll(LogNode node, String me, Figures figures) {
    System.gc();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long started = System.nanoTime();
    SyncPage page;
    do {
      Sync request = new Sync(figures.cursor, figures.have, 500);
      page = askedUntilAnswered(() -> node.services.call(MssOperations.SYNC, user(me), request));
      figures.add(page);
    } while (page.more());
    figures.took = Duration.ofNanos(System.nanoTime() - started);
    return figures;
  }

  /**
   * As a device does it: on a machine that is busy with other things the store may not answer in
   * time, and a page that failed is asked for again.
   */
  private static <T> T askedUntilAnswered(Supplier<Future<T>> question) {
    while (true) {
      try {
        return await(question.get());
      } catch (JovialException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.TRY_AGAIN);
      }
    }
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static long megabytes(ToLongFunction<MemoryPoolMXBean> bytes) {
    return heapPools().stream().mapToLong(bytes).sum() / 1_000_000;
  }

  private static final class Figures {
    final List<String> order = new ArrayList<>();
    final Map<String, Long> have = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    @Nullable String cursor;
    int pages;
    int entries;
    int unread;
    long bytes;
    int largestPage;
    private long liveMegabytes;
    Duration took = Duration.ZERO;

    Figures(@Nullable String cursor, Map<String, Long> have) {
      this.cursor = cursor;
      this.have.putAll(have);
    }

    void add(SyncPage page) {
      pages++;
      int size = Json.write(page).length;
      bytes += size;
      largestPage = Math.max(largestPage, size);
      entries += page.entries().size();
      for (Entry entry : page.entries()) {
        assertThat(keys.add(entry.conversationId() + " " + entry.seq())).isTrue();
      }
      for (SyncedConversation state : page.conversations()) {
        order.add(state.conversationId());
        unread += state.unread();
        if (have.size() < MAX_HAVE) {
          have.put(state.conversationId(), state.lastSeq());
        }
      }
      liveMegabytes =
          Math.max(
              liveMegabytes,
              megabytes(
                  pool ->
                      pool.getCollectionUsage() == null ? 0 : pool.getCollectionUsage().getUsed()));
      cursor = page.cursor();
    }

    void print(String what) {
      System.out.printf(
          "mss.sync, %s: %d conversations, %d entries, %d pages, %d kB in all, largest page %d kB,"
              + " %d ms; heap of the whole JVM at most %d MB used, %d MB after a collection%n",
          what,
          order.size(),
          entries,
          pages,
          bytes / 1000,
          largestPage / 1000,
          took.toMillis(),
          megabytes(pool -> pool.getPeakUsage().getUsed()),
          liveMegabytes);
    }
  }
}
