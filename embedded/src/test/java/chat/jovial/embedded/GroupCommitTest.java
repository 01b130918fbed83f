package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GroupCommitTest {
  private static final int WRITERS = 8;

  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** Counts, and lets a test hold up a sync. */
  private static final class CountingStore implements GroupCommit.Store {
    final AtomicInteger applied = new AtomicInteger();
    final AtomicInteger inCommand = new AtomicInteger();
    final AtomicInteger commits = new AtomicInteger();
    volatile int committed;
    volatile int synced;
    volatile CountDownLatch syncMayEnd = new CountDownLatch(0);
    volatile boolean broken;

    @Override
    public void commit() {
      assertThat(inCommand).as("commands that run during a commit").hasValue(0);
      if (broken) {
        throw new IllegalStateException("disk full");
      }
      commits.incrementAndGet();
      committed = applied.get();
    }

    @Override
    public void sync() {
      try {
        assertThat(syncMayEnd.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      synced = committed;
    }

    int apply() {
      inCommand.incrementAndGet();
      int number = applied.incrementAndGet();
      inCommand.decrementAndGet();
      return number;
    }
  }

  private final CountingStore store = new CountingStore();
  private final GroupCommit group = new GroupCommit(store);

  @Test
  void a_write_is_acknowledged_only_when_it_is_synced() {
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  int number = group.write(store::apply);
                  assertThat(store.synced).isGreaterThanOrEqualTo(number);
                }
              },
              threads));
    }
    writers.forEach(CompletableFuture::join);
    assertThat(store.synced).isEqualTo(WRITERS * 2000);
  }

  @Test
  void writes_that_arrive_during_a_commit_share_the_next() throws Exception {
    store.syncMayEnd = new CountDownLatch(1);
    List<CompletableFuture<Integer>> writers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      writers.add(CompletableFuture.supplyAsync(() -> group.write(store::apply), threads));
    }
    while (store.applied.get() < WRITERS) { // Commands continue during a sync.
      Thread.onSpinWait();
    }
    assertThat(writers).noneMatch(CompletableFuture::isDone);
    store.syncMayEnd.countDown();
    writers.forEach(CompletableFuture::join);
    assertThat(store.commits.get()).isBetween(1, 2);
  }

  @Test
  void a_read_is_answered_only_when_what_it_saw_is_synced() {
    store.syncMayEnd = new CountDownLatch(1);
    CompletableFuture<Integer> write =
        CompletableFuture.supplyAsync(() -> group.write(store::apply), threads);
    while (store.applied.get() < 1) {
      Thread.onSpinWait();
    }
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(() -> group.read(store.applied::get), threads)
            .whenComplete((seen, failure) -> assertThat(store.synced).isEqualTo(1));
    store.syncMayEnd.countDown();
    assertThat(read.join()).isEqualTo(1);
    assertThat(write.join()).isEqualTo(1);
  }

  @Test
  void what_a_failed_command_has_done_is_committed() {
    assertThatThrownBy(
            () ->
                group.write(
                    () -> {
                      store.apply();
                      throw new IllegalArgumentException("duplicate key");
                    }))
        .hasMessage("duplicate key");
    assertThat(store.synced).isEqualTo(1);
  }

  @Test
  void everything_is_refused_after_a_failed_commit() {
    store.broken = true;
    assertThatThrownBy(() -> group.write(store::apply)).hasMessage("disk full");
    store.broken = false;
    assertThatThrownBy(() -> group.write(store::apply)).hasMessageContaining("earlier commit");
    assertThatThrownBy(() -> group.read(() -> 1)).hasMessageContaining("earlier commit");
  }
}
