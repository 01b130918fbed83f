package chat.jovial.fss.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkLineTest {
  private final List<Promise<String>> begun = new ArrayList<>();

  @Test
  void work_is_done_one_by_one_and_what_does_not_fit_is_refused() {
    WorkLine line = new WorkLine(2);
    Future<String> first = line.run(this::begin);
    Future<String> second = line.run(this::begin);
    Future<String> third = line.run(this::begin);
    Future<String> fourth = line.run(this::begin);

    assertThat(begun).hasSize(1);
    assertThat(fourth.failed()).isTrue();
    assertThat(fourth.cause()).hasMessageContaining("try_again");
    begun.get(0).complete("one");
    assertThat(first.result()).isEqualTo("one");
    assertThat(begun).hasSize(2);
    begun.get(1).fail("broken");
    assertThat(second.failed()).isTrue();
    begun.get(2).complete("three");
    assertThat(third.result()).isEqualTo("three");
    assertThat(line.run(this::begin).isComplete()).isFalse();
  }

  @Test
  void work_that_cannot_begin_does_not_stop_the_line() {
    WorkLine line = new WorkLine(1);
    Future<String> failed =
        line.run(
            () -> {
              throw new IllegalStateException("no");
            });
    assertThat(failed.failed()).isTrue();
    assertThat(line.run(() -> Future.succeededFuture("next")).result()).isEqualTo("next");
  }

  private Future<String> begin() {
    Promise<String> promise = Promise.promise();
    begun.add(promise);
    return promise.future();
  }
}
