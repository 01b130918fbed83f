package chat.jovial.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cluster.Balance.RoundResult;
import chat.jovial.cluster.LeaseStore.LeaseRow;
import chat.jovial.contract.Shards;
import chat.jovial.contract.codec.Codecs;
import chat.jovial.stores.StoresExtension;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rounds of several processes that share the shards out, on a real Cassandra. */
class BalanceIT {
  @RegisterExtension static final StoresExtension STORES = new StoresExtension();

  /** Longer than any test, so that no lease expires by itself. */
  private static final ClusterConfig CONFIG =
      new ClusterConfig(Duration.ofMinutes(1), Duration.ofMillis(500));

  private final Vertx vertx = Vertx.vertx();
  private CassandraStore store;

  @BeforeEach
  void connect() {
    Codecs.register(vertx.eventBus());
    store = STORES.connect(vertx).await();
    for (String table : new String[] {"$leases", "$shards"}) {
      store.client().execute(store.withKeyspace("TRUNCATE " + table)).await();
    }
  }

  @AfterEach
  void close() {
    vertx.deploymentIDs().forEach(id -> vertx.undeploy(id).await());
    store.close().await();
    vertx.close().await();
  }

  @Test
  void a_process_alone_claims_all_shards_in_one_round() {
    Process alone = new Process("a", null);

    RoundResult result = alone.round();

    assertThat(result.moved()).isTrue();
    assertThat(result.again()).isFalse();
    assertThat(alone.claims.count()).isEqualTo(Shards.COUNT);
    assertThat(alone.round().moved()).as("there is nothing left to do").isFalse();
  }

  @Test
  void a_second_process_gets_its_half_and_no_shard_has_two_owners() {
    Process first = new Process("a", null);
    first.round();
    Process second = new Process("b", null);

    assertThat(second.round().moved()).as("while the first has all").isFalse();
    assertThat(first.round().moved()).isTrue();
    assertThat(second.round().moved()).isTrue();

    assertThat(first.claims.count()).isEqualTo(Shards.COUNT / 2);
    assertThat(second.claims.count()).isEqualTo(Shards.COUNT / 2);
    BitSet both = first.claims.all();
    both.and(second.claims.all());
    assertThat(both.isEmpty()).isTrue();
  }

  @Test
  void a_claim_of_a_shard_that_was_owned_before_has_a_higher_number() {
    Process first = new Process("a", null);
    first.round();
    long before = first.claims.claim(0);
    first.lease.release("a").await();
    Process second = new Process("b", null);

    second.round();

    assertThat(second.claims.claim(0)).isGreaterThanOrEqualTo(before + Claims.STEP);
  }

  @Test
  void the_lease_of_the_previous_process_on_a_folder_ends_at_once() {
    new Process("a", "folder").round();
    Process next = new Process("b", "folder");

    next.round();

    assertThat(next.claims.count()).isEqualTo(Shards.COUNT);
  }

  @Test
  void the_lease_of_another_process_does_not_end_before_it_expires() {
    new Process("a", "folder").round();
    Process other = new Process("b", "another folder");

    assertThat(other.round().moved()).isFalse();
    assertThat(other.claims.count()).isZero();
  }

  @Test
  void a_process_whose_lease_does_not_hold_claims_nothing() {
    Process stopping = new Process("a", null);
    stopping.claims.lease().giveUp();

    assertThat(stopping.round().moved()).isFalse();
    assertThat(stopping.claims.count()).isZero();
  }

  @Test
  void leases_that_have_ended_and_own_nothing_are_removed() {
    Process first = new Process("a", "folder");
    first.round();
    Process next = new Process("b", "folder");
    next.round();
    next.round();

    assertThat(first.lease.ring().await().leases())
        .extracting(LeaseRow::leaseId)
        .containsExactly("b");
  }

  /** A process with a lease that holds. */
  private final class Process {
    final LeaseStore lease = new LeaseStore(store, Duration.ofSeconds(10));
    final Claims claims = Claims.of(CONFIG, Clock.systemUTC());
    private final String name;
    private final Balance balance;

    Process(String name, @Nullable String dataId) {
      this.name = name;
      lease.insert(new LeaseRow(name, dataId, 1, LeaseStore.ALIVE, name)).await();
      claims.lease().renewedAt(claims.lease().now());
      ShardTable table = new ShardTable(CONFIG, store, name, node -> true, claims);
      vertx.deployVerticle(table).await();
      balance = new Balance(CONFIG, lease, table, claims, dataId, Clock.systemUTC());
    }

    RoundResult round() {
      return balance.round(name).await();
    }
  }
}
