package chat.jovial.ums.session;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.hashing.Hashes;
import chat.jovial.ums.session.StoredSession.Standing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoredSessionTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIFETIME = Duration.ofDays(60);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final String KEY = "key";

  private final SecureRandom random = new SecureRandom();
  private final RefreshToken first = RefreshToken.random("user", "session", random);
  private final RefreshToken second = first.next(KEY);
  private final StoredSession begun =
      StoredSession.begin(first, "device", "agent", KEY, START, LIFETIME);
  private final StoredSession rotated = begun.rotated(second, START, LIFETIME);

  @Test
  void the_latest_token_is_good_with_or_without_retry() {
    assertThat(standing(begun, first, false, START)).isEqualTo(Standing.CURRENT);
    assertThat(standing(rotated, second, true, START)).isEqualTo(Standing.CURRENT);
  }

  @Test
  void the_one_before_may_be_repeated_only_with_retry_and_only_for_a_while() {
    assertThat(standing(rotated, first, true, START.plusMillis(29_999)))
        .isEqualTo(Standing.REPEATED);
    assertThat(standing(rotated, first, true, START.plus(GRACE))).isEqualTo(Standing.REUSED);
    assertThat(standing(rotated, first, false, START)).isEqualTo(Standing.REUSED);
  }

  @Test
  void the_one_before_is_worth_nothing_once_its_successor_was_used() {
    StoredSession again = rotated.rotated(second.next(KEY), START, LIFETIME);
    assertThat(standing(again, first, true, START)).isEqualTo(Standing.REUSED);
    assertThat(standing(again, second, true, START)).isEqualTo(Standing.REPEATED);
  }

  @Test
  void a_token_of_an_earlier_login_or_made_up_is_nobodys() {
    RefreshToken third = RefreshToken.random("user", "session", random);
    StoredSession again = rotated.loggedInAgain(third, null, START, LIFETIME);

    assertThat(standing(again, third, false, START)).isEqualTo(Standing.CURRENT);
    assertThat(standing(again, second, true, START)).isEqualTo(Standing.UNKNOWN);
    assertThat(again.userAgent()).isEqualTo("agent");
    assertThat(again.previousHash()).isNull();
  }

  @Test
  void each_use_moves_the_expiry() {
    assertThat(begun.rotated(second, START.plusSeconds(9), LIFETIME).expiresAt())
        .isEqualTo(START.plusSeconds(9).plus(LIFETIME));
  }

  @Test
  void it_is_stored_and_read_as_it_is() {
    assertThat(StoredSession.of(rotated.toDocument())).isEqualTo(rotated);
    assertThat(StoredSession.of(begun.toDocument())).isEqualTo(begun);
    assertThat(rotated.toDocument().encode())
        .doesNotContain(Hashes.base64(first.secret()))
        .doesNotContain(Hashes.base64(second.secret()));
  }

  private static Standing standing(
      StoredSession session, RefreshToken token, boolean retry, Instant at) {
    return session.standingOf(token, retry, at, GRACE);
  }
}
