package chat.jovial.mds.log;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that moves only by running what was scheduled, one thing after the other. */
final class SimulatedTime extends Clock {
  private static final int MAX_STEPS = 50_000;

  private record Step(long at, long number, Runnable action) {}

  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparing(Step::at).thenComparing(Step::number));
  private long now;
  private long number;

  void later(long millis, Runnable action) {
    steps.add(new Step(now + millis, number++, action));
  }

  Future<?> timer(Duration duration) {
    Promise<Void> promise = Promise.promise();
    later(duration.toMillis(), promise::complete);
    return promise.future();
  }

  /**
   * Runs until nothing is left to do; far more steps than any run needs mean that it never ends.
   */
  void run() {
    int left = MAX_STEPS;
    while (!steps.isEmpty()) {
      if (left-- == 0) {
        throw new IllegalStateException("still going on after " + MAX_STEPS + " steps");
      }
      Step step = steps.remove();
      now = step.at();
      step.action().run();
    }
  }

  @Override
  public Instant instant() {
    return Instant.parse("2026-01-01T00:00:00Z").plusMillis(now);
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
