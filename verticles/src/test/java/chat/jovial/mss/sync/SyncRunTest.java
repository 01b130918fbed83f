package chat.jovial.mss.sync;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.mss.members.ConversationActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SyncRunTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00Z");

  /** The notes of a user's conversations, as the store has them. */
  private final Map<String, Instant> notes = new TreeMap<>();

  @Test
  void conversations_come_newest_first() {
    notes.put("a", NOW.minusSeconds(20));
    notes.put("b", NOW.minusSeconds(10));
    notes.put("c", NOW.minusSeconds(10));
    notes.put("d", NOW.minusSeconds(30));
    assertThat(ids(run(null).remaining(noted()))).containsExactly("c", "b", "a", "d");
    assertThat(shownInPagesOf(1, null)).containsExactly("c", "b", "a", "d");
  }

  @Test
  void what_was_quiet_since_the_last_sync_does_not_come_again() {
    notes.put("of the day before yesterday", NOW.minus(Duration.ofHours(40)));
    notes.put("of last night", NOW.minus(Duration.ofHours(20)));
    SyncCursor last = new SyncCursor("u", NOW, null);
    assertThat(ids(run(last).remaining(noted()))).containsExactly("of last night");
  }

  @Test
  void a_conversation_noted_by_a_node_whose_clock_is_ahead_is_still_the_first() {
    notes.put("old", NOW.minusSeconds(10));
    notes.put("of the future", NOW.plus(Duration.ofHours(2)));
    assertThat(shownInPagesOf(1, null)).containsExactly("of the future", "old");
  }

  @Test
  void a_conversation_noted_before_its_turn_comes_at_the_end() {
    notes.put("a", NOW.minusSeconds(10));
    notes.put("b", NOW.minusSeconds(20));
    notes.put("c", NOW.minusSeconds(30));
    SyncRun first = run(null);
    SyncCursor behindFirst = first.behind(first.remaining(noted()).get(0));
    notes.put("c", NOW.plusSeconds(1));
    notes.put("new", NOW.plusSeconds(2));
    SyncRun second = run(behindFirst);
    assertThat(ids(second.remaining(noted()))).containsExactly("b", "c", "new");
  }

  @Test
  void asking_for_a_page_again_gives_the_same_page() {
    notes.put("a", NOW.minusSeconds(10));
    notes.put("b", NOW.minusSeconds(20));
    SyncRun first = run(null);
    SyncCursor cursor = first.behind(first.remaining(noted()).get(0));
    assertThat(ids(run(cursor).remaining(noted()))).containsExactly("b");
    assertThat(ids(run(cursor).remaining(noted()))).containsExactly("b");
  }

  @Test
  void none_is_missed_however_notes_change_while_a_client_pages() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      notes.clear();
      for (int i = 0; i < 20; i++) {
        notes.put("c" + i, NOW.minusSeconds(random.nextInt(10)));
      }
      Set<String> shownAfterLastNote = new HashSet<>();
      SyncCursor cursor = null;
      Instant now = NOW;
      int notesToCome = 10;
      List<ConversationActivity> remaining;
      do {
        now = now.plusSeconds(1);
        SyncRun run = SyncRun.of(cursor, "u", now, noted());
        remaining = run.remaining(noted());
        List<ConversationActivity> page =
            remaining.subList(0, Math.min(remaining.size(), 1 + random.nextInt(4)));
        page.forEach(touched -> shownAfterLastNote.add(touched.conversationId()));
        if (!page.isEmpty()) {
          cursor = run.behind(page.get(page.size() - 1));
        }
        // What is noted when the run is over is for the next one.
        if (!remaining.isEmpty() && notesToCome > 0 && random.nextBoolean()) {
          notesToCome--;
          String busy = "c" + random.nextInt(25);
          notes.put(busy, now.plusMillis(random.nextInt(3)));
          shownAfterLastNote.remove(busy);
        }
      } while (!remaining.isEmpty());
      assertThat(shownAfterLastNote)
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(notes.keySet());
    }
  }

  private SyncRun run(@Nullable SyncCursor cursor) {
    return SyncRun.of(cursor, "u", NOW, noted());
  }

  private List<String> shownInPagesOf(int size, @Nullable SyncCursor given) {
    List<String> shown = new ArrayList<>();
    SyncCursor cursor = given;
    while (true) {
      SyncRun run = run(cursor);
      List<ConversationActivity> remaining = run.remaining(noted());
      if (remaining.isEmpty()) {
        return shown;
      }
      List<ConversationActivity> page = remaining.subList(0, Math.min(size, remaining.size()));
      shown.addAll(ids(page));
      cursor = SyncCursor.read(run.behind(page.get(page.size() - 1)).text(), "u");
    }
  }

  private List<ConversationActivity> noted() {
    List<ConversationActivity> noted = new ArrayList<>();
    notes.forEach((id, at) -> noted.add(new ConversationActivity(id.replace(' ', '_'), at)));
    return noted;
  }

  private static List<String> ids(List<ConversationActivity> touched) {
    return touched.stream().map(t -> t.conversationId().replace('_', ' ')).toList();
  }
}
