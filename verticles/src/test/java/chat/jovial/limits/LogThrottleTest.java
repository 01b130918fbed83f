package chat.jovial.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogThrottleTest {
  @Test
  void some_lines_a_second_are_allowed_and_again_some_in_the_next() {
    AtomicLong now = new AtomicLong(5_000_000_000L);
    LogThrottle throttle = new LogThrottle(2, now::get);
    assertThat(throttle.allows()).isTrue();
    assertThat(throttle.allows()).isTrue();
    assertThat(throttle.allows()).isFalse();
    now.addAndGet(1_000_000_000L);
    assertThat(throttle.allows()).isTrue();
  }
}
