package chat.jovial.mss;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnstileTest {
  private final List<Integer> started = new ArrayList<>();
  private final List<Promise<Integer>> running = new ArrayList<>();

  @Test
  void so_many_run_at_once_and_the_others_in_the_order_in_which_they_came() {
    Turnstile turnstile = new Turnstile(2, 10);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(pass(turnstile, i));
    }
    assertThat(started).containsExactly(0, 1);
    running.get(1).complete(1);
    assertThat(started).containsExactly(0, 1, 2);
    running.get(0).fail("no");
    assertThat(started).containsExactly(0, 1, 2, 3);
    running.get(2).complete(2);
    running.get(3).complete(3);
    running.get(4).complete(4);
    assertThat(all.get(0).failed()).isTrue();
    assertThat(all.subList(1, 5)).extracting(Future::result).containsExactly(1, 2, 3, 4);
  }

  @Test
  void more_than_may_wait_are_told_to_try_again() {
    Turnstile turnstile = new Turnstile(1, 1);
    Future<Integer> first = pass(turnstile, 0);
    Future<Integer> second = pass(turnstile, 1);
    Future<Integer> third = pass(turnstile, 2);
    assertThat(first.isComplete() || second.isComplete()).isFalse();
    assertThat(((JovialException) third.cause()).code()).isEqualTo(ErrorCode.TRY_AGAIN);
  }

  @Test
  void tasks_that_fail_at_once_do_not_stop_the_others_however_many_they_are() {
    Turnstile turnstile = new Turnstile(1, 100_000);
    Future<Integer> slow = pass(turnstile, 0);
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      others.add(
          turnstile.pass(
              () -> {
                throw new IllegalStateException("at once");
              }));
    }
    running.get(0).complete(0);
    assertThat(slow.result()).isZero();
    assertThat(others).allMatch(Future::failed);
    Future<Integer> after = pass(turnstile, 7);
    assertThat(after.isComplete()).isFalse();
    assertThat(started).containsExactly(0, 7);
  }

  private Future<Integer> pass(Turnstile turnstile, int number) {
    return turnstile.pass(
        () -> {
          started.add(number);
          Promise<Integer> promise = Promise.promise();
          running.add(promise);
          return promise.future();
        });
  }
}
