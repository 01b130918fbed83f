package chat.jovial.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.client.model.Body;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Kind;
import chat.jovial.client.store.ConversationRecord.Watermark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
  private static final String ID = "d.ann.bob";

  @TempDir private Path folder;

  private Store open(boolean durable) {
    return durable ? SqliteStore.open(folder.resolve("store")) : new MemoryStore();
  }

  private static Entry entry(long seq, String kind, @Nullable Long target, @Nullable Body body) {
    Instant now = Instant.ofEpochMilli(1_700_000_000_000L + seq);
    return new Entry(
        ID, seq, "bob", "ann", "d", "c" + seq, now, now, kind, body, null, target, null, null);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void entries_are_found_by_range_and_by_target(boolean durable) {
    try (Store store = open(durable)) {
      for (long seq : new long[] {1, 2, 3, 7, 8, 20}) {
        store.putEntry(entry(seq, Kind.MESSAGE, null, Body.text("m" + seq)));
      }
      store.putEntry(entry(21, Kind.EDIT, 2L, Body.text("new")));
      store.putEntry(entry(22, Kind.REACTION, 8L, Body.of(Map.of("type", "reaction"))));
      store.commit();
      assertThat(store.ranges(ID))
          .containsExactly(new Range(1, 3), new Range(7, 8), new Range(20, 22));
      assertThat(store.entries(ID, 2, 20, 3)).extracting(Entry::seq).containsExactly(2L, 3L, 7L);
      assertThat(store.messagesBefore(ID, 22, 3))
          .extracting(Entry::seq)
          .containsExactly(7L, 8L, 20L);
      assertThat(store.targeting(ID, 1, 7)).extracting(Entry::seq).containsExactly(21L);
      assertThat(store.entry(ID, 2)).isEqualTo(entry(2, Kind.MESSAGE, null, Body.text("m2")));
      assertThat(store.countUnread(ID, 3, "ann")).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void all_else_is_given_back_as_it_was_put(boolean durable) {
    try (Store store = open(durable)) {
      ConversationRecord conversation =
          new ConversationRecord(
              ID,
              "bob",
              3,
              9,
              12,
              Instant.ofEpochMilli(5),
              7,
              2,
              12,
              new Watermark(9, 7),
              Map.of("bob", new Watermark(8, 6)),
              List.of(new Range(4, 5)));
      store.putConversation(conversation);
      OutboxItem item = new OutboxItem(4, "c4", ID, "mds.send", "{}", null);
      store.putOutbox(item);
      store.putOutbox(new OutboxItem(5, "c5", ID, "mds.send", "{}", "forbidden"));
      store.removeOutbox(5);
      store.putTrigger(new TriggerRecord("t", true));
      store.putTriggerPlace("t", ID, 6);
      store.putKept("k/2", "2");
      store.putKept("k/1", "1");
      store.putKept("other", "3");
      store.putSetting("name", "value");
      store.commit();
      assertThat(store.conversations()).containsExactly(conversation);
      assertThat(store.outbox()).containsExactly(item);
      assertThat(store.triggers()).containsExactly(new TriggerRecord("t", true));
      assertThat(store.triggerPlace("t", ID)).isEqualTo(6);
      assertThat(store.kept("k/")).containsExactly(Map.entry("k/1", "1"), Map.entry("k/2", "2"));
      assertThat(store.setting("name")).isEqualTo("value");
      store.removeTrigger("t");
      assertThat(store.triggerPlace("t", ID)).isNull();
    }
  }

  @Test
  void a_removed_text_is_in_no_file_of_the_device() throws IOException {
    String secret = "the-secret-word-".repeat(400);
    try (Store store = open(true)) {
      Entry entry = entry(1, Kind.MESSAGE, null, Body.text(secret));
      store.putOutbox(new OutboxItem(1, "c1", ID, "mds.send", secret, null));
      store.putEntry(entry);
      store.commit();
      assertThat(filesWith("the-secret-word")).isNotEmpty();
      store.removeOutbox(1);
      store.putEntry(entry.without("redacted"));
      store.commit();
      assertThat(filesWith("the-secret-word")).isEmpty();
    }
  }

  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                try {
                  return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              })
          .toList();
    }
  }

  @Test
  void what_was_not_committed_is_not_there_after_a_crash() throws IOException {
    try (Store store = open(true)) {
      store.putSetting("one", "1");
      store.commit();
      store.putSetting("two", "2");
      Path copy = folder.resolve("copy");
      Files.createDirectory(copy);
      for (String file : List.of("messages.sqlite", "messages.sqlite-wal")) {
        Files.copy(folder.resolve("store").resolve(file), copy.resolve(file));
      }
      try (Store after = SqliteStore.open(copy)) {
        assertThat(after.setting("one")).isEqualTo("1");
        assertThat(after.setting("two")).isNull();
      }
    }
  }

  @Test
  void a_second_client_cannot_use_the_same_folder() {
    try (Store store = open(true)) {
      assertThat(store.durable()).isTrue();
      assertThatThrownBy(() -> open(true)).hasMessageContaining("Another client uses");
    }
    open(true).close();
  }
}
