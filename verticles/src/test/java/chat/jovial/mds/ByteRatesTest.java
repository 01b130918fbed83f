package chat.jovial.mds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ByteRatesTest {
  private static final int LARGE = 64 * 1024 - 500;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private long now = 1;
  private final ByteRates rates = new ByteRates(3, 6, metrics, () -> now);

  @Test
  void a_user_stores_so_many_bytes_at_once_and_others_still_may() {
    assertThat(accepted("mallory", 100)).isEqualTo(16);
    assertThat(accepted("alice", 1)).isEqualTo(1);
    assertThat(metrics.counter("jovial.mds.bytes.refused", "limit", "user").count()).isEqualTo(84);
  }

  @Test
  void after_some_seconds_some_bytes_may_follow() {
    accepted("mallory", 16);
    now += Duration.ofSeconds(5).toNanos();

    assertThat(accepted("mallory", 100)).isEqualTo(4);
  }

  @Test
  void the_users_of_an_app_have_a_limit_together() {
    assertThat(accepted("alice", 16) + accepted("bob", 16) + accepted("carol", 16)).isEqualTo(32);

    assertThatThrownBy(() -> rates.acquire(user("dave"), LARGE))
        .isInstanceOfSatisfying(
            JovialException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(e.detail()).contains("users of this app");
            });
  }

  @Test
  void a_clock_that_stands_still_or_goes_back_gives_nothing() {
    accepted("mallory", 16);
    now -= Duration.ofHours(1).toNanos();

    assertThat(accepted("mallory", 1)).isZero();
  }

  private int accepted(String userId, int sends) {
    int accepted = 0;
    for (int i = 0; i < sends; i++) {
      try {
        rates.acquire(user(userId), LARGE);
        accepted++;
      } catch (JovialException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
      }
    }
    return accepted;
  }

  private static Caller user(String userId) {
    return Caller.user("app", userId, "phone", "session", null, null);
  }
}
