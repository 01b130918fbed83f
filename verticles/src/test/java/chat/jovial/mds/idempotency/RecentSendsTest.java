package chat.jovial.mds.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentSendsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RecentSends sends = new RecentSends(START);

  @Test
  void finds_what_was_added_by_sender_and_id() {
    UUID id = uuidAt(START);
    sends.add("ann", id, 7, START);
    assertThat(sends.find("ann", id)).isEqualTo(7);
    assertThat(sends.find("bob", id)).isEqualTo(SeqTable.NONE);
    assertThat(sends.find("ann", uuidAt(START))).isEqualTo(SeqTable.NONE);
  }

  @Test
  void decides_only_on_ids_made_well_after_the_memory_begins() {
    assertThat(sends.knowsAllSince(START.plus(Duration.ofMinutes(10)))).isTrue();
    assertThat(sends.knowsAllSince(START.plus(Duration.ofMinutes(10)).minusMillis(1))).isFalse();
  }

  @Test
  void forgets_a_generation_and_says_so() {
    UUID first = uuidAt(START);
    sends.add("ann", first, 1, START);
    Instant later = START.plus(RecentSends.WINDOW);
    sends.add("ann", uuidAt(later), 2, later);
    assertThat(sends.find("ann", first)).isEqualTo(1);
    Instant muchLater = later.plus(RecentSends.WINDOW);
    sends.add("ann", uuidAt(muchLater), 3, muchLater);
    assertThat(sends.find("ann", first)).isEqualTo(SeqTable.NONE);
    assertThat(sends.completeFrom()).isEqualTo(later);
  }

  @Test
  void a_busy_conversation_forgets_sooner_but_never_silently() {
    Random random = new Random(1);
    Map<UUID, Integer> all = new HashMap<>();
    int count = 3 * RecentSends.MAX_IN_GENERATION;
    for (int seq = 1; seq <= count; seq++) {
      UUID id = new UUID(random.nextLong() | 1, random.nextLong());
      sends.add("ann", id, seq, START.plusMillis(seq));
      all.put(id, seq);
    }
    assertThat(sends.size()).isLessThanOrEqualTo(2 * RecentSends.MAX_IN_GENERATION);
    all.forEach(
        (id, seq) -> {
          if (!START.plusMillis(seq).isBefore(sends.completeFrom())) {
            assertThat(sends.find("ann", id)).isEqualTo((long) seq);
          }
        });
  }

  private static UUID uuidAt(Instant time) {
    return Generators.timeBasedEpochGenerator().construct(time.toEpochMilli());
  }
}
