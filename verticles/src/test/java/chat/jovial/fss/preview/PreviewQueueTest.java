package chat.jovial.fss.preview;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewQueueTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<String> started = new ArrayList<>();
  private final List<Promise<Void>> running = new ArrayList<>();

  @Test
  void users_take_turns() {
    PreviewQueue queue = new PreviewQueue(1, 100, metrics);
    for (int i = 0; i < 10; i++) {
      submit(queue, "mallory");
    }
    submit(queue, "alice");
    submit(queue, "bob");
    finish(0);
    finish(1);
    finish(2);

    assertThat(started).containsExactly("mallory", "mallory", "alice", "bob");
  }

  @Test
  void one_user_does_not_fill_all_places_where_there_are_several() {
    PreviewQueue queue = new PreviewQueue(3, 100, metrics);
    for (int i = 0; i < 5; i++) {
      submit(queue, "mallory");
    }
    submit(queue, "alice");

    assertThat(started).containsExactly("mallory", "mallory", "alice");
  }

  @Test
  void a_user_who_has_many_waiting_is_refused_at_once_and_others_are_not() {
    PreviewQueue queue = new PreviewQueue(1, 100, metrics);
    for (int i = 0; i <= PreviewQueue.MAX_WAITING_OF_USER; i++) {
      assertThat(submit(queue, "mallory").failed()).isFalse();
    }

    Future<Void> tooMany = submit(queue, "mallory");
    assertThat(JovialException.of(tooMany.cause()).code()).isEqualTo(ErrorCode.TRY_AGAIN);
    assertThat(submit(queue, "alice").failed()).isFalse();
    assertThat(metrics.counter("jovial.limit.refused", "limit", "previews").count()).isEqualTo(1);
  }

  @Test
  void work_that_throws_gives_its_place_back() {
    PreviewQueue queue = new PreviewQueue(1, 100, metrics);
    Future<Void> thrown =
        queue.run(
            "alice",
            () -> {
              throw new IllegalStateException("broken");
            });
    submit(queue, "bob");

    assertThat(thrown.failed()).isTrue();
    assertThat(started).containsExactly("bob");
  }

  private Future<Void> submit(PreviewQueue queue, String user) {
    return queue.run(
        user,
        () -> {
          started.add(user);
          Promise<Void> done = Promise.promise();
          running.add(done);
          return done.future();
        });
  }

  private void finish(int index) {
    running.get(index).complete();
  }
}
