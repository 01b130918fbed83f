package chat.jovial.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
  private final Vertx vertx = Vertx.vertx();
  private final SingleFlight<String, Integer> flights = new SingleFlight<>(vertx);
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void concurrent_loads_of_one_key_share_one_request() throws Exception {
    Promise<Integer> loaded = Promise.promise();
    Future<Integer> first = flights.join("key", () -> load(loaded.future()));
    Future<Integer> second = flights.join("key", () -> load(loaded.future()));
    loaded.complete(5);

    assertThat(result(first)).isEqualTo(5);
    assertThat(result(second)).isEqualTo(5);
    assertThat(loads).hasValue(1);
  }

  @Test
  void a_load_that_throws_does_not_block_its_key() throws Exception {
    Future<Integer> thrown =
        flights.join(
            "key",
            () -> {
              throw new IllegalStateException("no such cipher");
            });
    assertThat(thrown.map("loaded").otherwise("failed").toCompletionStage().toCompletableFuture())
        .succeedsWithin(5, TimeUnit.SECONDS)
        .isEqualTo("failed");

    assertThat(result(flights.join("key", () -> load(Future.succeededFuture(6))))).isEqualTo(6);
  }

  private Future<Integer> load(Future<Integer> result) {
    loads.incrementAndGet();
    return result;
  }

  private static int result(Future<Integer> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }
}
