package chat.jovial.cluster;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cluster.LeaseClock.Moment;
import chat.jovial.cluster.LeaseStore.LeaseRow;
import chat.jovial.cluster.LeaseStore.ShardRow;
import chat.jovial.contract.Shards;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process's lease and claims the shards that nobody owns.
 *
 * <p>A process is owner of what it claimed only while its lease holds: for the lease time, counted
 * from the <em>start</em> of the last renewal that succeeded. Who wants the shards of another
 * process watches the version of that one's lease; if it has not changed for the lease time plus an
 * allowance for drift, on the watcher's own monotonic clock, the other has stopped being owner by
 * its own clock. The watcher marks the lease dead, on condition that the version is the one it saw,
 * so that it can never be renewed again, then claims the shards, each on condition that its row is
 * the one it saw, and looks at its own lease once more before it believes in the claim.
 *
 * <p>One kind of predecessor is known to be dead without waiting: one with the same data folder,
 * which this process now holds locked.
 */
public final class OwnershipVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OwnershipVerticle.class);

  /** Renewals that may be unanswered at once; more are of no use, for the first has run out. */
  private static final int MAX_RENEWALS = 4;

  private final ClusterConfig config;
  private final LeaseStore store;
  private final @Nullable String dataId;
  private final Clock clock;
  private final LeaseClock leaseClock;
  private final Claims claims;
  private final LeaseWatch watch;
  private String leaseId = "";
  private long version;
  private int renewals;
  private boolean claiming;
  private boolean stopped;

  /**
   * @param dataId names the data folder that this process holds locked; null if it has none
   */
  public OwnershipVerticle(
      ClusterConfig config, CassandraStore cassandra, @Nullable String dataId, Clock clock) {
    this.config = config;
    this.store = new LeaseStore(cassandra, config.lease());
    this.dataId = dataId;
    this.clock = clock;
    this.leaseClock = new LeaseClock(config.lease(), clock, System::nanoTime);
    this.claims = new Claims(leaseClock);
    this.watch = new LeaseWatch(config.lease().plus(config.drift()), System::nanoTime);
  }

  /** What this process owns; may be asked before the verticle is deployed. */
  public Ownership ownership() {
    return claims;
  }

  @Override
  public Future<?> start() {
    return begin()
        .onSuccess(
            begun -> vertx.setPeriodic(config.renewalPeriod().toMillis(), tick -> handleTick()));
  }

  @Override
  public Future<?> stop() {
    // Released counts as lost before the release is sent.
    stopped = true;
    leaseClock.giveUp();
    claims.dropAll();
    return store
        .release(leaseId)
        .onFailure(failure -> LOG.warn("The lease could not be released: it will run out", failure))
        .otherwise(false);
  }

  /** A lease of its own for each beginning: what an earlier one left cannot come back. */
  private Future<Void> begin() {
    leaseId = UUID.randomUUID().toString();
    Moment start = leaseClock.now();
    return store
        .insert(new LeaseRow(leaseId, dataId, ++version, LeaseStore.ALIVE))
        .compose(
            inserted -> {
              leaseClock.renewedAt(start);
              return claimWhatIsFree();
            });
  }

  /**
   * Renews whether or not earlier renewals have been answered: a store that takes two seconds for
   * each must not cost a lease of three. Which of them lands last does not matter.
   */
  private void handleTick() {
    if (renewals >= MAX_RENEWALS) {
      return;
    }
    renewals++;
    String renewed = leaseId;
    Moment start = leaseClock.now();
    store
        .renew(renewed, ++version)
        .onSuccess(alive -> handleRenewal(renewed, alive, start))
        .onFailure(failure -> LOG.warn("The lease could not be renewed: {}", failure.toString()))
        .onComplete(done -> renewals--);
  }

  private void handleRenewal(String renewed, boolean alive, Moment start) {
    if (stopped || !renewed.equals(leaseId)) {
      return;
    }
    if (alive) {
      leaseClock.renewedAt(start);
    } else {
      LOG.warn("Another process has taken over what this one owned: beginning anew");
      leaseClock.giveUp();
      claims.dropAll();
    }
    if (!claiming) {
      claiming = true;
      (alive ? claimWhatIsFree() : begin())
          .onFailure(failure -> LOG.warn("Shards could not be claimed: {}", failure.toString()))
          .onComplete(done -> claiming = false);
    }
  }

  private Future<Void> claimWhatIsFree() {
    if (claims.count() == Shards.COUNT) {
      return Future.succeededFuture();
    }
    return store
        .leases()
        .compose(this::endThoseThatAreOver)
        .compose(ended -> Future.all(store.leases(), store.shards()))
        .compose(both -> claim(both.<List<LeaseRow>>resultAt(0), both.resultAt(1)));
  }

  private Future<?> endThoseThatAreOver(List<LeaseRow> leases) {
    List<Future<?>> ends = new ArrayList<>();
    for (LeaseRow row : leases) {
      if (row.isAlive() && !row.leaseId().equals(leaseId) && isOver(row)) {
        ends.add(store.markDead(row.leaseId(), row.version()));
      }
    }
    return Future.join(ends);
  }

  private Future<Void> claim(List<LeaseRow> leases, List<ShardRow> shards) {
    Set<String> alive =
        leases.stream()
            .filter(LeaseRow::isAlive)
            .map(LeaseRow::leaseId)
            .collect(Collectors.toSet());
    List<ShardRow> free = allShards(shards).stream().filter(row -> isFree(row, alive)).toList();
    return free.isEmpty() ? Future.succeededFuture() : claim(free).compose(v -> forget(leases));
  }

  /** Also free is what an earlier claim of this process took without its being told so. */
  private boolean isFree(ShardRow row, Set<String> alive) {
    return row.leaseId() == null
        || !alive.contains(row.leaseId())
        || (row.leaseId().equals(leaseId) && !claims.has(row.shard()));
  }

  private boolean isOver(LeaseRow row) {
    return (dataId != null && dataId.equals(row.dataId())) || watch.isOver(row);
  }

  private Future<Void> claim(List<ShardRow> free) {
    long number = Claims.number(Duration.between(Instant.EPOCH, clock.instant()), free);
    return store
        .claim(leaseId, free, number)
        .map(
            claimed -> {
              if (claimed && leaseClock.holds()) {
                claims.add(free, number);
                LOG.info("Owner of {} of {} shards", claims.count(), Shards.COUNT);
              }
              return null;
            });
  }

  private Future<Void> forget(List<LeaseRow> leases) {
    List<Future<?>> gone = new ArrayList<>();
    for (LeaseRow row : leases) {
      if (!row.isAlive()) {
        gone.add(store.forget(row));
      }
    }
    return Future.join(gone).mapEmpty();
  }

  private static List<ShardRow> allShards(List<ShardRow> rows) {
    Map<Integer, ShardRow> byShard =
        rows.stream().collect(Collectors.toMap(ShardRow::shard, Function.identity()));
    List<ShardRow> all = new ArrayList<>(Shards.COUNT);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      all.add(byShard.getOrDefault(shard, new ShardRow(shard, null, null)));
    }
    return all;
  }
}
