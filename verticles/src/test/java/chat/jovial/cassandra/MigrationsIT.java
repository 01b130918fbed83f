package chat.jovial.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.jovial.stores.StoresExtension;
import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps of the schema on a real Cassandra; each connection runs those that are missing. */
class MigrationsIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  private final Vertx vertx = Vertx.vertx();
  private CassandraStore store;

  @BeforeEach
  void migrate() {
    store = STORES.connect(vertx).await();
  }

  @AfterEach
  void close() {
    store.close().await();
    vertx.close().await();
  }

  @Test
  void all_steps_are_done_and_the_turn_is_over() {
    assertThat(query("SELECT done FROM $schema_steps WHERE id = 'steps'").get(0).getInt("done"))
        .isEqualTo(Schema.STEPS.size());
    assertThat(query("SELECT writer FROM $schema_steps WHERE id = 'turn'")).isEmpty();
  }

  @Test
  void a_later_start_changes_nothing() {
    List<String> before = versions();

    STORES.connect(vertx).await().close().await();

    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void a_start_that_died_half_way_is_completed_by_the_next() {
    query("UPDATE $schema_steps SET done = 1 WHERE id = 'steps'");

    STORES.connect(vertx).await().close().await();

    all_steps_are_done_and_the_turn_is_over();
  }

  @Test
  void a_start_waits_for_the_turn_of_another() {
    query("UPDATE $schema_steps SET done = 1 WHERE id = 'steps'");
    query("INSERT INTO $schema_steps (id, writer) VALUES ('turn', 'another') USING TTL 60");
    Future<CassandraStore> start = STORES.connect(vertx);

    assertThatThrownBy(() -> start.await(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
    query("DELETE FROM $schema_steps WHERE id = 'turn'");

    start.await().close().await();
    all_steps_are_done_and_the_turn_is_over();
  }

  private List<String> versions() {
    return store
        .client()
        .executeWithFullFetch("SELECT schema_version FROM system.local")
        .await()
        .stream()
        .map(row -> String.valueOf(row.getUuid(0)))
        .toList();
  }

  private List<Row> query(String cql) {
    return store.client().executeWithFullFetch(store.withKeyspace(cql)).await();
  }
}
