package chat.jovial.mss.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SyncCursorTest {
  private static final Instant NOW = Instant.parse("2026-11-21T15:00:00.123Z");
  private static final String ANN = Ids.text(UUID.randomUUID());
  private static final String BOB = Ids.text(UUID.randomUUID());

  private final SyncCursor done = new SyncCursor(ANN, NOW, null);
  private final SyncCursor goingOn =
      new SyncCursor(
          ANN,
          NOW,
          new SyncCursor.Page(
              Instant.EPOCH,
              NOW.minusSeconds(9),
              NOW.minusSeconds(20),
              Ids.directConversation(ANN, BOB)));

  @Test
  void what_a_client_hands_back_is_what_it_was_given() {
    assertThat(SyncCursor.read(done.text(), ANN)).isEqualTo(done);
    assertThat(SyncCursor.read(goingOn.text(), ANN)).isEqualTo(goingOn);
    assertThat(goingOn.text()).hasSizeLessThan(256).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void a_cursor_of_another_user_is_refused_and_so_is_what_is_none() {
    for (String text : List.of(done.text(), goingOn.text())) {
      assertRefused(text, BOB);
      assertRefused(text.substring(1), ANN);
      assertRefused(text + "AAAA", ANN);
    }
    assertRefused("made up", ANN);
    assertRefused("!", ANN);
  }

  @Test
  void a_sync_looks_from_the_day_before_the_day_of_the_last_one() {
    assertThat(done.since(NOW)).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
    Instant yearLater = NOW.plus(Duration.ofDays(366));
    assertThat(done.since(yearLater)).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
  }

  @Test
  void a_cursor_from_a_node_whose_clock_was_far_ahead_is_as_none() {
    assertThat(done.since(NOW.minus(Duration.ofHours(23)))).isAfter(Instant.EPOCH);
    assertThat(done.since(NOW.minus(Duration.ofHours(25)))).isEqualTo(Instant.EPOCH);
  }

  private static void assertRefused(String text, String userId) {
    assertThatThrownBy(() -> SyncCursor.read(text, userId))
        .isInstanceOfSatisfying(
            JovialException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(refusal.getMessage()).contains("sync without a cursor");
            });
  }
}
