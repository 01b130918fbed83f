package chat.jovial.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow.
  private final RestartPolicy policy = new RestartPolicy(clock::get);

  @Test
  void should_wait_longer_after_each_crash_and_then_give_up() {
    RestartPolicy.WAITS.forEach(wait -> assertThat(policy.afterCrash()).contains(wait));
    assertThat(policy.afterCrash()).isEmpty();
  }

  @Test
  void should_forget_a_crash_after_the_window() {
    RestartPolicy.WAITS.forEach(wait -> assertThat(policy.afterCrash()).isPresent());
    clock.addAndGet(RestartPolicy.WINDOW.toNanos() + 1);
    assertThat(policy.afterCrash()).contains(RestartPolicy.WAITS.get(0));
  }

  @Test
  void should_restart_for_ever_a_child_that_dies_rarely() {
    for (int i = 0; i < 100; i++) {
      assertThat(policy.afterCrash()).contains(RestartPolicy.WAITS.get(0));
      clock.addAndGet(RestartPolicy.WINDOW.toNanos() + 1);
    }
  }
}
