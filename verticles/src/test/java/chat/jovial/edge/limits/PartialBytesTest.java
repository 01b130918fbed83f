package chat.jovial.edge.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class PartialBytesTest {
  private static final int FREE = PartialBytes.FREE_BYTES;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PartialBytes budget = new PartialBytes(1_000, 300, registry);

  @Test
  void the_newest_is_refused_and_the_others_keep_what_they_have() {
    HeldBytes first = new HeldBytes(budget);
    HeldBytes second = new HeldBytes(budget);
    assertThat(first.hold(FREE + 200)).isTrue();

    assertThat(second.hold(FREE + 101)).isFalse();

    assertThat(second.hold(FREE + 100)).isTrue();
    assertThat(budget.acquired()).isEqualTo(300);
    assertThat(registry.counter("jovial.edge.partial.refused").count()).isEqualTo(1);
  }

  @Test
  void a_small_request_fits_however_much_strangers_have_begun() {
    assertThat(new HeldBytes(budget).hold(FREE + 300)).isTrue();
    assertThat(new HeldBytes(budget).hold(FREE)).isTrue();
    assertThat(new HeldBytes(budget).hold(FREE + 1)).isFalse();
  }

  @Test
  void strangers_leave_room_for_those_with_a_session() {
    HeldBytes stranger = new HeldBytes(budget);
    assertThat(stranger.hold(FREE + 300)).isTrue();
    HeldBytes user = new HeldBytes(budget);
    user.sessionOpened();
    assertThat(user.hold(FREE + 700)).isTrue();
    assertThat(user.hold(FREE + 701)).isFalse();
    stranger.sessionOpened();
    assertThat(new HeldBytes(budget).hold(FREE + 1)).isFalse();
  }

  @Test
  void what_is_released_is_free_again() {
    HeldBytes held = new HeldBytes(budget);
    assertThat(held.hold(FREE + 300)).isTrue();
    held.sessionOpened();
    assertThat(held.hold(FREE + 10)).isTrue();
    assertThat(budget.acquired()).isEqualTo(10);
    held.release();
    held.release();
    assertThat(budget.acquired()).isZero();
    assertThat(new HeldBytes(budget).hold(FREE + 300)).isTrue();
  }
}
