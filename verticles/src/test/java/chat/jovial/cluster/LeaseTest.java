package chat.jovial.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cluster.LeaseStore.LeaseRow;
import chat.jovial.cluster.LeaseStore.ShardRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseTest {
  private static final Duration LEASE = Duration.ofSeconds(3);

  private long monotonicMillis;
  private long wallMillis = 1_000_000;
  private final LeaseClock clock =
      new LeaseClock(LEASE, new Wall(), () -> monotonicMillis * 1_000_000);

  @Test
  void holds_from_the_start_of_a_renewal_for_the_lease_time() {
    assertThat(clock.holds()).isFalse();
    LeaseClock.Moment start = clock.now();
    pass(1000, 1000);
    clock.renewedAt(start);
    pass(1999, 1999);
    assertThat(clock.holds()).isTrue();
    pass(1, 1);
    assertThat(clock.holds()).isFalse();
  }

  @Test
  void an_answer_that_was_overtaken_does_not_shorten_the_lease() {
    LeaseClock.Moment first = clock.now();
    pass(1000, 1000);
    clock.renewedAt(clock.now());
    clock.renewedAt(first);
    pass(2500, 2500);
    assertThat(clock.holds()).isTrue();
  }

  @Test
  void ends_by_the_faster_of_the_two_clocks() {
    clock.renewedAt(clock.now());
    pass(0, 3000);
    assertThat(clock.holds()).as("the machine slept").isFalse();
    clock.renewedAt(clock.now());
    pass(3000, -5000);
    assertThat(clock.holds()).as("the wall clock was set back").isFalse();
  }

  @Test
  void a_lease_that_was_given_up_does_not_hold() {
    clock.renewedAt(clock.now());
    clock.giveUp();
    assertThat(clock.holds()).isFalse();
  }

  @Test
  void another_lease_is_over_when_its_version_stood_still_for_long_enough() {
    LeaseWatch watch = new LeaseWatch(LEASE, () -> monotonicMillis * 1_000_000);
    LeaseRow seen = new LeaseRow("other", null, 5, LeaseStore.ALIVE, "node");
    assertThat(watch.isOver(seen)).isFalse();
    pass(2999, 0);
    assertThat(watch.isOver(new LeaseRow("other", null, 6, LeaseStore.ALIVE, "node"))).isFalse();
    pass(2999, 0);
    assertThat(watch.isOver(new LeaseRow("other", null, 6, LeaseStore.ALIVE, "node"))).isFalse();
    pass(2, 0);
    assertThat(watch.isOver(new LeaseRow("other", null, 6, LeaseStore.ALIVE, "node"))).isTrue();
  }

  @Test
  void claims_grow_even_when_the_clock_goes_back() {
    long last = Duration.ofHours(1).toNanos() / 1000;
    assertThat(Claims.number(Duration.ofMinutes(1), List.of(new ShardRow(0, "l", last))))
        .isEqualTo(last + Claims.STEP);
    assertThat(Claims.number(Duration.ofMinutes(1), List.of(new ShardRow(0, null, null))))
        .isEqualTo(60_000_000);
  }

  @Test
  void nothing_is_owned_when_the_lease_has_run_out() {
    Claims claims = new Claims(clock);
    clock.renewedAt(clock.now());
    assertThat(claims.adopt(List.of(new ShardRow(3, null, null)), 77)).isTrue();
    assertThat(claims.claim(3)).isEqualTo(77);
    assertThat(claims.claim(4)).isEqualTo(Ownership.NOT_OWNED);
    pass(3000, 3000);
    assertThat(claims.claim(3)).isEqualTo(Ownership.NOT_OWNED);
    clock.renewedAt(clock.now());
    assertThat(claims.claim(3)).as("nobody else can have claimed it").isEqualTo(77);
    claims.advanceEpoch(3);
    assertThat(claims.epoch(3)).isEqualTo(78);
  }

  @Test
  void a_claim_that_was_answered_after_the_lease_had_run_out_is_not_believed_in() {
    Claims claims = new Claims(clock);
    clock.renewedAt(clock.now());
    List<ShardRow> seen = List.of(new ShardRow(3, null, null));
    pass(3000, 3000);
    assertThat(claims.adopt(seen, 77)).isFalse();
    clock.renewedAt(clock.now());
    assertThat(claims.claim(3))
        .as("a renewal does not bring it back")
        .isEqualTo(Ownership.NOT_OWNED);
    assertThat(claims.count()).isZero();

    Ring ring =
        new Ring(
            List.of(new LeaseRow("mine", null, 5, LeaseStore.ALIVE, "here")),
            List.of(new ShardRow(3, "mine", 77L)));
    long again = Claims.number(Duration.ofMillis(1), Shares.of(ring, "mine", claims::has).claim());
    assertThat(again).as("it is claimed anew, above").isGreaterThan(77);
    assertThat(claims.adopt(seen, again)).isTrue();
    assertThat(claims.claim(3)).isEqualTo(again);
  }

  private void pass(long monotonic, long wall) {
    monotonicMillis += monotonic;
    wallMillis += wall;
  }

  private final class Wall extends Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(wallMillis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
