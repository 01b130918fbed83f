package chat.jovial.limits;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Integer> started = new ArrayList<>();
  private final List<Promise<Integer>> running = new ArrayList<>();

  @Test
  void up_to_the_limit_runs_at_once_and_the_others_in_their_order() {
    ConcurrencyLimiter limiter = limiter(2, 10);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(run(limiter, i));
    }
    assertThat(started).containsExactly(0, 1);
    assertThat(gauge("jovial.limit.running")).isEqualTo(2);
    assertThat(gauge("jovial.limit.waiting")).isEqualTo(3);

    running.get(1).complete(1);
    assertThat(started).containsExactly(0, 1, 2);
    running.get(0).fail("no");
    running.get(2).complete(2);
    running.get(3).complete(3);
    running.get(4).complete(4);

    assertThat(all.get(0).failed()).isTrue();
    assertThat(all.subList(1, 5)).extracting(Future::result).containsExactly(1, 2, 3, 4);
    assertThat(limiter.running()).isZero();
  }

  @Test
  void more_than_may_wait_is_refused_and_counted() {
    ConcurrencyLimiter limiter = limiter(1, 1);
    Future<Integer> first = run(limiter, 0);
    Future<Integer> second = run(limiter, 1);

    Future<Integer> third = run(limiter, 2);

    assertThat(first.isComplete() || second.isComplete()).isFalse();
    assertThat(codeOf(third)).isEqualTo(ErrorCode.TRY_AGAIN);
    assertThat(third.cause()).hasMessageContaining("too many pages at once");
    assertThat(registry.counter("jovial.limit.refused", "limit", "pages").count()).isEqualTo(1);
  }

  @Test
  void tasks_that_throw_lose_no_permit_however_many_they_are() {
    ConcurrencyLimiter limiter = limiter(1, 100_000);
    Future<Integer> slow = run(limiter, 0);
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      others.add(
          limiter.run(
              () -> {
                throw new IllegalStateException("at once");
              }));
    }

    running.get(0).complete(0);

    assertThat(slow.result()).isZero();
    assertThat(others).allMatch(Future::failed);
    assertThat(run(limiter, 7).isComplete()).isFalse();
    assertThat(started).containsExactly(0, 7);
  }

  @Test
  void work_that_nobody_wants_any_more_is_not_begun() {
    ConcurrencyLimiter limiter = limiter(1, 10);
    AtomicBoolean wanted = new AtomicBoolean(true);
    run(limiter, 0);
    Future<Integer> abandoned = limiter.run(wanted::get, () -> begin(1));
    Future<Integer> last = run(limiter, 2);

    wanted.set(false);
    running.get(0).complete(0);

    assertThat(started).containsExactly(0, 2);
    assertThat(codeOf(abandoned)).isEqualTo(ErrorCode.TRY_AGAIN);
    assertThat(last.isComplete()).isFalse();
    assertThat(registry.counter("jovial.limit.abandoned", "limit", "pages").count()).isEqualTo(1);
  }

  @Test
  void a_task_that_waited_starts_on_the_context_that_it_came_from() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      ConcurrencyLimiter limiter = limiter(1, 10);
      Context context = vertx.getOrCreateContext();
      run(limiter, 0);
      CompletableFuture<Context> startedOn = new CompletableFuture<>();
      CompletableFuture<Void> submitted = new CompletableFuture<>();
      context.runOnContext(
          now -> {
            var unused =
                limiter.run(
                    () -> {
                      startedOn.complete(Vertx.currentContext());
                      return Future.succeededFuture();
                    });
            submitted.complete(null);
          });
      submitted.get(10, TimeUnit.SECONDS);

      running.get(0).complete(0);

      assertThat(startedOn.get(10, TimeUnit.SECONDS)).isSameAs(context);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_limiter_made_again_takes_over_the_gauges() {
    run(limiter(1, 10), 0);
    run(limiter(2, 10), 1);
    assertThat(gauge("jovial.limit.running")).isEqualTo(1);
    assertThat(registry.find("jovial.limit.running").gauges()).hasSize(1);
  }

  private ConcurrencyLimiter limiter(int maxRunning, int maxWaiting) {
    return new ConcurrencyLimiter("pages", maxRunning, maxWaiting, registry);
  }

  private double gauge(String name) {
    return registry.get(name).tag("limit", "pages").gauge().value();
  }

  private Future<Integer> run(ConcurrencyLimiter limiter, int number) {
    return limiter.run(() -> begin(number));
  }

  private Future<Integer> begin(int number) {
    started.add(number);
    Promise<Integer> promise = Promise.promise();
    running.add(promise);
    return promise.future();
  }

  private static ErrorCode codeOf(Future<?> failed) {
    return ((JovialException) failed.cause()).code();
  }
}
