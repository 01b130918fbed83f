package chat.jovial.edge.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private final AtomicLong clock = new AtomicLong();
  private final RateLimiter limiter =
      new RateLimiter(new EdgeLimits.Rate(1, 2), "logins", clock::get);

  @Test
  void beyond_the_burst_a_request_is_refused_with_the_time_to_wait() {
    limiter.check("alice");
    limiter.check("alice");

    assertThatThrownBy(() -> limiter.check("alice"))
        .isInstanceOfSatisfying(
            JovialException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(refusal.details()).containsEntry("retry_after_ms", 1000L);
            })
        .hasMessageContaining("too many logins");
  }

  @Test
  void each_key_has_its_own_limit() {
    limiter.check("alice");
    limiter.check("alice");
    limiter.check("bob");

    assertThat(isRefused("alice")).isTrue();
    assertThat(isRefused("bob")).isFalse();
  }

  @Test
  void after_the_time_to_wait_a_request_passes() {
    limiter.check("alice");
    limiter.check("alice");
    assertThat(isRefused("alice")).isTrue();

    clock.addAndGet(TimeUnit.SECONDS.toNanos(1));

    assertThat(isRefused("alice")).isFalse();
    assertThat(isRefused("alice")).isTrue();
  }

  @Test
  void threads_share_the_limit_of_a_key() {
    AtomicInteger passed = new AtomicInteger();

    IntStream.range(0, 1000)
        .parallel()
        .forEach(
            i -> {
              if (!isRefused("alice")) {
                passed.incrementAndGet();
              }
            });

    assertThat(passed).hasValue(2);
  }

  private boolean isRefused(String key) {
    try {
      limiter.check(key);
      return false;
    } catch (JovialException refused) {
      return true;
    }
  }
}
