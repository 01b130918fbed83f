package chat.jovial.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.EmbeddedCassandra;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connecting to a real Cassandra that has no tables yet. */
class CassandraStoreIT {
  /** None that the build has made tables for. */
  private static final String KEYSPACE = "another";

  @Test
  void two_nodes_that_start_at_once_make_the_tables_and_route_by_token_afterwards(
      @TempDir Path folder) {
    Vertx vertx = Vertx.vertx();
    try (EmbeddedCassandra cassandra =
        EmbeddedCassandra.start(CassandraSettings.in(folder)).join()) {
      Future<CassandraStore> first = connect(vertx, cassandra);
      Future<CassandraStore> second = connect(vertx, cassandra);
      for (CassandraStore store : List.of(first.await(), second.await())) {
        assertThat(keyspaceKnownTo(store)).as("before there is time for it").isEmpty();
        store.routeByToken().await();
        assertThat(keyspaceKnownTo(store).map(known -> known.getTables().size()))
            .hasValueSatisfying(tables -> assertThat(tables).isGreaterThan(5));
        store.close().await();
      }
    } finally {
      vertx.close().await();
    }
  }

  private static Future<CassandraStore> connect(Vertx vertx, EmbeddedCassandra cassandra) {
    return TestStore.connect(
        vertx, cassandra.contactPoint(), cassandra.localDatacenter(), KEYSPACE);
  }

  private static Optional<KeyspaceMetadata> keyspaceKnownTo(CassandraStore store) {
    return store.client().metadata().await().getKeyspace(KEYSPACE);
  }
}
