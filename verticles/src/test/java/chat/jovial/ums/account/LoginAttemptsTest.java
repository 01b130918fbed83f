package chat.jovial.ums.account;

import static chat.jovial.ums.account.LoginLimiter.Outcome.ABANDONED;
import static chat.jovial.ums.account.LoginLimiter.Outcome.RIGHT;
import static chat.jovial.ums.account.LoginLimiter.Outcome.WRONG;
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
    LoginAttempts two = none.begun(START).begun(START);

    assertThat(two.open()).isEqualTo(2);
    assertThat(two.completed(WRONG)).extracting("failures", "open").containsExactly(1, 1);
    assertThat(two.completed(ABANDONED)).extracting("failures", "open").containsExactly(0, 1);
  }

  @Test
  void a_right_password_clears_failures_but_not_what_is_still_open() {
    LoginAttempts some = none.begun(START).completed(WRONG).begun(START).begun(START);
    assertThat(some.completed(RIGHT)).extracting("failures", "open").containsExactly(0, 1);
  }

  @Test
  void what_a_node_that_died_left_open_counts_for_a_minute_only() {
    LoginAttempts left = none.begun(START).completed(WRONG).begun(START);

    assertThat(read(left, START.plusSeconds(59))).isEqualTo(left);
    assertThat(read(left, START.plusSeconds(60)))
        .extracting("failures", "open")
        .containsExactly(1, 0);
  }

  @Test
  void the_count_begins_anew_after_the_window_and_late_results_do_no_harm() {
    LoginAttempts failed = none.begun(START).completed(WRONG);

    assertThat(read(failed, START.plus(WINDOW).minusMillis(1)).failures()).isEqualTo(1);
    LoginAttempts anew = read(failed, START.plus(WINDOW));
    assertThat(anew.failures()).isZero();
    assertThat(anew.until()).isEqualTo(START.plus(WINDOW).plus(WINDOW));
    assertThat(anew.completed(WRONG).open()).isZero();
  }

  private static LoginAttempts read(LoginAttempts stored, Instant now) {
    return LoginAttempts.of(stored.toDocument(), now, WINDOW);
  }
}
