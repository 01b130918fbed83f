package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow.
  private final RestartPolicy policy = new RestartPolicy(clock::get);

  @Test
  void the_wait_grows_with_each_crash_until_it_gives_up() {
    RestartPolicy.WAITS.forEach(wait -> assertThat(policy.afterCrash()).contains(wait));
    assertThat(policy.afterCrash()).isEmpty();
  }

  @Test
  void a_crash_is_forgotten_after_the_window() {
    RestartPolicy.WAITS.forEach(wait -> assertThat(policy.afterCrash()).isPresent());
    clock.addAndGet(RestartPolicy.WINDOW.toNanos() + 1);
    assertThat(policy.afterCrash()).contains(RestartPolicy.WAITS.get(0));
  }

  @Test
  void a_child_that_crashes_rarely_is_always_restarted() {
    for (int i = 0; i < 100; i++) {
      assertThat(policy.afterCrash()).contains(RestartPolicy.WAITS.get(0));
      clock.addAndGet(RestartPolicy.WINDOW.toNanos() + 1);
    }
  }
}
