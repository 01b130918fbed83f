package chat.jovial.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class DiskGuardTest {
  private static final long MIB = 1L << 20;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private long free = 1000 * MIB;
  private final DiskGuard guard = new DiskGuard(() -> free, 500 * MIB, metrics, Clock.systemUTC());

  @Test
  void writes_are_refused_before_the_disk_is_full() {
    becomes(500);
    assertThatCode(guard::checkWritable).doesNotThrowAnyException();

    becomes(499);

    assertThatThrownBy(guard::checkWritable)
        .isInstanceOfSatisfying(
            JovialException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TRY_AGAIN);
              assertThat(e.detail()).contains("disk is nearly full");
            });
    assertThat(metrics.counter("jovial.disk.refused").count()).isEqualTo(1);
    assertThat(metrics.get("jovial.disk.free").gauge().value()).isEqualTo(499 * MIB);
  }

  @Test
  void writes_are_accepted_again_by_themselves_when_there_is_some_room() {
    becomes(100);
    becomes(510);
    assertThat(guard.isFull()).as("a few bytes more are no room").isTrue();

    becomes(550);

    assertThatCode(guard::checkWritable).doesNotThrowAnyException();
  }

  private void becomes(long mib) {
    free = mib * MIB;
    guard.poll();
  }
}
