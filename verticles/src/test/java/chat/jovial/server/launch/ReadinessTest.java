package chat.jovial.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final Readiness readiness = new Readiness();
  private long nanos;
  private Future<String> answer = Future.succeededFuture("yes");
  private final StoreProbe probe = new StoreProbe("Cassandra", () -> answer, () -> nanos);

  @Test
  void a_node_whose_store_has_not_answered_for_some_seconds_is_not_ready_and_names_it() {
    readiness.started();
    readiness.watch(probe);
    pass(10);
    assertThat(readiness.phase()).isEqualTo(Readiness.Phase.READY);

    answer = Future.failedFuture("no connection");
    pass(4);
    assertThat(readiness.phase()).as("a short pause").isEqualTo(Readiness.Phase.READY);

    pass(2);
    assertThat(readiness.phase()).isEqualTo(Readiness.Phase.STORE_UNAVAILABLE);
    assertThat(readiness.unavailableStores()).containsExactly("Cassandra");

    answer = Future.succeededFuture("yes");
    pass(1);
    assertThat(readiness.phase()).isEqualTo(Readiness.Phase.READY);
  }

  @Test
  void a_store_that_never_completes_a_request_counts_as_silent() {
    readiness.started();
    readiness.watch(probe);
    answer = Promise.<String>promise().future();
    pass(6);

    assertThat(readiness.phase()).isEqualTo(Readiness.Phase.STORE_UNAVAILABLE);
  }

  @Test
  void a_node_that_stops_says_so_whatever_its_stores_do() {
    readiness.started();
    readiness.watch(probe);
    answer = Future.failedFuture("no connection");
    pass(6);
    readiness.stopping();

    assertThat(readiness.phase()).isEqualTo(Readiness.Phase.STOPPING);
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos += TimeUnit.SECONDS.toNanos(1);
      probe.ask();
    }
  }
}
