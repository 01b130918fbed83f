package chat.jovial.ums;

import static chat.jovial.ums.LoginLimiter.Outcome.ABANDONED;
import static chat.jovial.ums.LoginLimiter.Outcome.RIGHT;
import static chat.jovial.ums.LoginLimiter.Outcome.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginAttemptsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final LoginAttempts none = LoginAttempts.of(null, START, WINDOW);

  @Test
  void an_attempt_is_open_until_it_is_settled() {
    LoginAttempts two = none.begun().begun();

    assertThat(two.open()).isEqualTo(2);
    assertThat(two.settled(WRONG)).isEqualTo(new LoginAttempts(1, 1, two.until()));
    assertThat(two.settled(ABANDONED)).isEqualTo(new LoginAttempts(0, 1, two.until()));
  }

  @Test
  void a_right_password_clears_failures_but_not_what_is_still_open() {
    LoginAttempts some = none.begun().settled(WRONG).begun().begun();
    assertThat(some.settled(RIGHT)).isEqualTo(new LoginAttempts(0, 1, some.until()));
  }

  @Test
  void the_count_begins_anew_after_the_window_and_late_results_do_no_harm() {
    LoginAttempts open = none.begun();

    assertThat(LoginAttempts.of(open.toDocument(), START.plus(WINDOW).minusMillis(1), WINDOW))
        .isEqualTo(open);
    LoginAttempts anew = LoginAttempts.of(open.toDocument(), START.plus(WINDOW), WINDOW);
    assertThat(anew).isEqualTo(new LoginAttempts(0, 0, START.plus(WINDOW).plus(WINDOW)));
    assertThat(anew.settled(WRONG).open()).isZero();
  }
}
