package chat.jovial.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.stores.StoresExtension;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connecting to a real Cassandra that has no tables yet. */
class CassandraStoreIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  @Test
  void two_nodes_that_start_at_once_make_the_tables_and_route_by_token_afterwards() {
    Vertx vertx = Vertx.vertx();
    try {
      Future<CassandraStore> first = STORES.connect(vertx);
      Future<CassandraStore> second = STORES.connect(vertx);
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

  private static Optional<KeyspaceMetadata> keyspaceKnownTo(CassandraStore store) {
    return store.client().metadata().await().getKeyspace(STORES.name());
  }
}
