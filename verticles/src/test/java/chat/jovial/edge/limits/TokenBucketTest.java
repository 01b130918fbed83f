package chat.jovial.edge.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final EdgeLimits.Rate TWO_A_SECOND = new EdgeLimits.Rate(2, 3);

  /** The clock of a JVM may be negative, and may overflow. */
  private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

  private final TokenBucket bucket = new TokenBucket(TWO_A_SECOND, START);

  @Test
  void a_new_one_has_a_full_burst_and_then_says_how_long_to_wait() {
    assertThat(takeAll(START)).isEqualTo(3);
    assertThat(bucket.take(START)).isEqualTo(500);
    assertThat(bucket.take(START + millis(200))).isEqualTo(300);
  }

  @Test
  void it_fills_at_the_rate_and_waiting_as_told_is_enough() {
    takeAll(START);
    long wait = bucket.take(START + millis(1));

    assertThat(bucket.take(START + millis(1 + wait))).isZero();
    assertThat(bucket.take(START + millis(1 + wait))).isPositive();
  }

  @Test
  void it_never_holds_more_than_the_burst() {
    takeAll(START);

    assertThat(takeAll(START + TimeUnit.HOURS.toNanos(1))).isEqualTo(3);
  }

  @Test
  void a_refused_request_costs_nothing() {
    takeAll(START);
    for (int i = 1; i < 500; i++) {
      assertThat(bucket.take(START + millis(i))).as("after %d ms", i).isPositive();
    }

    assertThat(bucket.take(START + millis(500))).isZero();
  }

  private int takeAll(long now) {
    int taken = 0;
    while (bucket.take(now) == 0) {
      taken++;
    }
    return taken;
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
