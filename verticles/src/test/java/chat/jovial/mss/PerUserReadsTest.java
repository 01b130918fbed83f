package chat.jovial.mss;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.limits.ConcurrencyLimiter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerUserReadsTest {
  private static final Caller ALICE = Caller.user("app", "alice", "phone", "s1", null, null);
  private static final Caller MALLORY = Caller.user("app", "mallory", "phone", "s2", null, null);

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final SteppedClock clock = new SteppedClock();
  private final PerUserReads reads =
      new PerUserReads(new ConcurrencyLimiter("reads", 8, 100, metrics), metrics, clock);
  private final List<Promise<String>> begun = new ArrayList<>();

  @Test
  void a_user_with_many_reads_leaves_room_for_the_others() {
    for (int i = 0; i < 60; i++) {
      read(MALLORY);
    }
    assertThat(begun).hasSize(4);

    Future<String> honest = read(ALICE);

    assertThat(begun).hasSize(5);
    begun.get(4).complete("page");
    assertThat(honest.result()).isEqualTo("page");
  }

  @Test
  void the_reads_of_one_user_follow_each_other() {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(read(ALICE));
    }

    for (int i = 0; i < 10; i++) {
      assertThat(begun).hasSize(Math.min(10, i + 4));
      begun.get(i).complete("page " + i);
    }

    assertThat(all).extracting(Future::result).startsWith("page 0", "page 1").hasSize(10);
  }

  @Test
  void beyond_its_queue_a_user_is_refused() {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < 4 + 64 + 1; i++) {
      all.add(read(MALLORY));
    }

    assertThat(all.subList(0, 68)).noneMatch(Future::isComplete);
    assertThat(all.get(68).cause())
        .isInstanceOfSatisfying(
            JovialException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRY_AGAIN));
    assertThat(metrics.counter("jovial.mss.reads.refused").count()).isEqualTo(1);
  }

  @Test
  void a_read_for_which_nobody_waits_any_more_is_not_begun() {
    for (int i = 0; i < 4; i++) {
      read(ALICE);
    }
    Future<String> late = read(ALICE);
    clock.now = clock.now.plus(Duration.ofSeconds(11));

    begun.get(0).complete("page");

    assertThat(late.failed()).isTrue();
    assertThat(begun).hasSize(4);
  }

  private Future<String> read(Caller caller) {
    return reads.run(
        caller,
        () -> {
          Promise<String> page = Promise.promise();
          begun.add(page);
          return page.future();
        });
  }

  private static final class SteppedClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
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
