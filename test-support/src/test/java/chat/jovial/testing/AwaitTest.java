package chat.jovial.testing;

import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AwaitTest {
  private static final Duration SHORT = Duration.ofMillis(30);

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void a_condition_is_asked_until_it_holds() {
    await("three").until(() -> asked.incrementAndGet() == 3);

    assertThat(asked).hasValue(3);
  }

  @Test
  void a_condition_that_holds_is_asked_once() {
    await("one").atMost(Duration.ZERO).until(() -> asked.incrementAndGet() == 1);

    assertThat(asked).hasValue(1);
  }

  @Test
  void the_accepted_value_is_returned() {
    assertThat(await("more than 4").until(asked::incrementAndGet, n -> n > 4)).isEqualTo(5);
    assertThat(await("a text").<String>untilPresent(() -> asked.get() < 7 ? next() : "seven"))
        .isEqualTo("seven");
  }

  private @Nullable String next() {
    asked.incrementAndGet();
    return null;
  }

  @Test
  void a_failure_names_what_did_not_happen() {
    assertThatThrownBy(() -> await("node 2 owns no shard").atMost(SHORT).until(() -> false))
        .isInstanceOf(AssertionError.class)
        .hasMessage("not within 0.03 s: node 2 owns no shard");
  }

  @Test
  void a_failure_shows_the_last_value() {
    assertThatThrownBy(() -> await("no shards").atMost(SHORT).until(() -> 12, n -> n == 0))
        .hasMessage("not within 0.03 s: no shards; it is 12");
  }

  @Test
  void what_the_condition_throws_ends_the_wait() {
    assertThatThrownBy(
            () ->
                await("a daemon that listens")
                    .until(
                        () -> {
                          throw new IllegalStateException("it has exited");
                        }))
        .hasMessage("it has exited");
  }
}
