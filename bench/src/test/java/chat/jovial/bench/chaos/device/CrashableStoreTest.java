package chat.jovial.bench.chaos.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.client.model.Body;
import chat.jovial.client.model.Entry;
import chat.jovial.client.store.OutboxItem;
import chat.jovial.client.store.SqliteStore;
import chat.jovial.client.store.Store;
import chat.jovial.client.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashableStoreTest {
  private static final OutboxItem ITEM = new OutboxItem(1, "id", "d.a.b", "mds.send", "{}", null);

  @TempDir private Path folder;
  private final List<Entry> held = new ArrayList<>();
  private final AtomicInteger crashes = new AtomicInteger();

  @Test
  void keeps_what_was_committed_and_tells_what_the_device_holds() {
    try (CrashableStore store = open()) {
      store.putEntry(entry());
      assertThat(held).isEmpty();
      store.commit();
      assertThat(held).hasSize(1);
    }
    assertThat(entriesAfterwards()).isEqualTo(1);
    assertThat(crashes).hasValue(0);
  }

  @Test
  void a_crash_before_an_entry_is_held_leaves_nothing_of_it() {
    CrashableStore store = open();
    store.crashAt(CrashPoint.BEFORE_RECEIVED);
    store.putEntry(entry());

    assertDeadAfterCommit(store);
    assertThat(held).isEmpty();
    assertThat(entriesAfterwards()).isZero();
  }

  @Test
  void a_crash_after_an_entry_is_held_leaves_it() {
    CrashableStore store = open();
    store.crashAt(CrashPoint.AFTER_RECEIVED);
    store.commit();
    store.putEntry(entry());

    assertDeadAfterCommit(store);
    assertThat(held).hasSize(1);
    assertThat(entriesAfterwards()).isEqualTo(1);
  }

  @Test
  void a_crash_after_queueing_leaves_the_message_in_the_outbox() {
    CrashableStore store = open();
    store.crashAt(CrashPoint.AFTER_QUEUED);
    store.putOutbox(ITEM);

    assertDeadAfterCommit(store);
    assertThat(outboxAfterwards()).isEqualTo(1);
  }

  @Test
  void a_crash_before_stored_is_noted_leaves_the_message_in_the_outbox() {
    CrashableStore store = open();
    store.putOutbox(ITEM);
    store.commit();
    store.crashAt(CrashPoint.BEFORE_STORED);
    store.removeOutbox(ITEM.position());

    assertDeadAfterCommit(store);
    assertThat(outboxAfterwards()).isEqualTo(1);
  }

  private CrashableStore open() {
    CrashableStore store =
        new CrashableStore(
            SqliteStore.open(folder.resolve("s")), held::addAll, crashes::incrementAndGet);
    store.open();
    return store;
  }

  private void assertDeadAfterCommit(CrashableStore store) {
    assertThatThrownBy(store::commit).isInstanceOf(StoreException.class);
    assertThatThrownBy(store::outbox).isInstanceOf(StoreException.class);
    store.close();
    assertThat(crashes).hasValue(1);
  }

  private int entriesAfterwards() {
    try (Store store = SqliteStore.open(folder.resolve("s"))) {
      return store.entries("d.a.b", 1, 10, 10).size();
    }
  }

  private int outboxAfterwards() {
    try (Store store = SqliteStore.open(folder.resolve("s"))) {
      return store.outbox().size();
    }
  }

  private static Entry entry() {
    return new Entry(
        "d.a.b",
        1,
        "a",
        "b",
        "device",
        "id",
        Instant.EPOCH,
        Instant.EPOCH,
        "message",
        Body.text("hello"),
        null,
        null,
        null,
        null);
  }
}
