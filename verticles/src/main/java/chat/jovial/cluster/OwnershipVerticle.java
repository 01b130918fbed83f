package chat.jovial.cluster;

import chat.jovial.cassandra.CassandraStore;
import chat.jovial.cluster.Balance.RoundResult;
import chat.jovial.cluster.LeaseClock.Moment;
import chat.jovial.cluster.LeaseStore.LeaseRow;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.mds.ShardsMoved;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.BitSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeper of this process's lease and of its share of the shards: claims those that nobody owns,
 * gives back what is beyond its share.
 *
 * <p>A process owns what it claimed only while its lease holds: for the lease time, counted from
 * the <em>start</em> of the last renewal that succeeded. A process that wants the shards of another
 * one watches the version of that one's lease; if it has not changed for the lease time plus an
 * allowance for drift, on the watcher's own monotonic clock, the other has stopped being owner by
 * its own clock. The watcher marks the lease dead, on condition that the version is the one it saw,
 * so that it can never be renewed again, then claims the shards, each on condition that its row is
 * the one it saw, and checks its own lease once more before it counts on the claim.
 *
 * <p>One kind of previous owner is known to be dead without waiting: one with the same data folder,
 * which this process now holds locked.
 *
 * <p>Shards that are given back have no owner only while their writes in flight finish: a broadcast
 * says when they are free. It may be lost; every node reads the table each second anyway.
 */
public final class OwnershipVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OwnershipVerticle.class);

  /** Renewals that may be unanswered at once; more are of no use, for the first has run out. */
  private static final int MAX_RENEWALS = 4;

  /** A busy store may refuse a conditional write; without it others wait for the lease to end. */
  private static final int RELEASE_ATTEMPTS = 3;

  private final ClusterConfig config;
  private final LeaseStore store;
  private final ShardTable table;
  private final @Nullable String dataId;
  private final Claims claims;
  private final Balance balance;
  private final Succession succession;
  private String leaseId = "";
  private long version;
  private int renewals;
  private boolean balancing;
  private boolean balanceAgain;
  private boolean stopped;

  /**
   * @param claims written by this verticle from now on, and by no other
   * @param dataId names the data folder that this process holds locked; null if it has none
   */
  public OwnershipVerticle(
      ClusterConfig config,
      CassandraStore cassandra,
      ShardTable table,
      Claims claims,
      @Nullable String dataId,
      Clock clock) {
    this.config = config;
    this.store = new LeaseStore(cassandra, config.lease());
    this.table = table;
    this.claims = claims;
    this.dataId = dataId;
    this.balance = new Balance(config, store, table, claims, dataId, clock);
    this.succession = new Succession(table);
  }

  @Override
  public Future<?> start() {
    return begin()
        .compose(
            begun ->
                vertx
                    .eventBus()
                    .<ShardsMoved>consumer(
                        Catalogue.SHARDS_MOVED.address(), message -> handleMoved(message.body()))
                    .completion())
        .onSuccess(
            begun -> vertx.setPeriodic(config.renewalPeriod().toMillis(), tick -> handleTick()));
  }

  @Override
  public Future<?> stop() {
    return release();
  }

  /**
   * Releases all shards: other nodes claim them, to which this one still routes the requests of its
   * clients. Waits a moment until those have claimed them, so that clients that are sent away after
   * this find an owner. To be called before the verticles of the conversations stop; any thread.
   */
  public Future<Void> handOver() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> {
          BitSet shards = claims.all();
          release().compose(released -> succession.await(shards)).onComplete(done);
        });
    return done.future();
  }

  private Future<Void> release() {
    if (stopped) {
      return Future.succeededFuture();
    }
    stopped = true;
    claims.close();
    int count = claims.count();
    long begin = System.nanoTime();
    LOG.info("Handing over {} shards", count);
    // Released counts as lost before the release is sent.
    return claims
        .handOver(claims.all(), Claims.HAND_OVER_LIMIT)
        .compose(
            left -> {
              LOG.debug("Writes in flight are finished after {} ms", millisSince(begin));
              claims.lease().giveUp();
              claims.dropAll();
              return releaseLease(RELEASE_ATTEMPTS);
            })
        .onSuccess(
            released -> {
              LOG.info("{} shards are free after {} ms", count, millisSince(begin));
              announceShardsMoved();
            })
        .onFailure(failure -> LOG.warn("The lease could not be released: it will expire", failure))
        .transform(released -> Future.succeededFuture());
  }

  /** Whether a request that seems to have failed was applied is not known; repeating it is safe. */
  private Future<Boolean> releaseLease(int attempts) {
    return store
        .release(leaseId)
        .recover(
            failure -> attempts > 1 ? releaseLease(attempts - 1) : Future.failedFuture(failure));
  }

  /** A new lease each time: what an earlier one has claimed is not owned through it. */
  private Future<Void> begin() {
    claims.dropAll();
    leaseId = UUID.randomUUID().toString();
    Moment start = claims.lease().now();
    return store
        .insert(new LeaseRow(leaseId, dataId, ++version, LeaseStore.ALIVE, table.here()))
        .compose(
            inserted -> {
              claims.lease().renewedAt(start);
              return round();
            });
  }

  /**
   * Renews whether or not earlier renewals have been answered: a store that takes two seconds for
   * each must not cost a lease of three. Which of them lands last does not matter.
   */
  private void handleTick() {
    if (stopped) {
      return;
    }
    if (table.isCutOff()) {
      // Without a lease this only looks who has died: the others may be gone before it is over.
      balanceSoon(leaseId.isEmpty() ? this::round : this::standBack);
    } else if (leaseId.isEmpty()) {
      balanceSoon(this::begin);
    }
    if (leaseId.isEmpty() || renewals >= MAX_RENEWALS) {
      return;
    }
    renewals++;
    String renewed = leaseId;
    Moment start = claims.lease().now();
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
      claims.lease().renewedAt(start);
      balanceSoon(this::round);
    } else {
      LOG.warn(
          "Another process has taken over what this one owned: beginning again with a new lease");
      claims.lease().giveUp();
      claims.dropAll();
      balanceSoon(this::begin);
    }
  }

  /**
   * Gives up the lease of a node that is cut off: the others could not send to what it owns. Until
   * that is over it has none, and its id is empty.
   */
  private Future<Void> standBack() {
    String given = leaseId;
    return claims
        .handOver(claims.all(), Claims.HAND_OVER_LIMIT)
        .compose(
            left -> {
              leaseId = "";
              claims.lease().giveUp();
              claims.dropAll();
              return store.release(given);
            })
        .mapEmpty();
  }

  private void handleMoved(ShardsMoved moved) {
    if (!moved.node().equals(table.here())) {
      LOG.debug("Node {} has moved shards", moved.node());
      succession.handleMoved();
      balanceAgain |= balancing;
      balanceSoon(this::round);
    }
  }

  private Future<Void> round() {
    return balance.round(leaseId).onSuccess(this::handleRound).mapEmpty();
  }

  private void handleRound(RoundResult result) {
    balanceAgain |= result.again();
    if (result.moved()) {
      announceShardsMoved();
    }
    if (result.nextExpiryNanos() < config.renewalPeriod().toNanos()) {
      // A lease that was not renewed for a while: look in the moment in which it expires, not a
      // tick later.
      vertx.setTimer(1 + result.nextExpiryNanos() / 1_000_000, due -> balanceSoon(this::round));
    }
  }

  /** One at a time: what a claim in flight will have done is not known. */
  private void balanceSoon(Supplier<Future<Void>> action) {
    if (balancing || stopped) {
      return;
    }
    balancing = true;
    action
        .get()
        .onFailure(failure -> LOG.warn("Shards could not be shared out: {}", failure.toString()))
        .onComplete(
            done -> {
              balancing = false;
              if (balanceAgain) {
                balanceAgain = false;
                balanceSoon(this::round);
              }
            });
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  /** Best effort: a node that does not receive it reads the table within a second. */
  private void announceShardsMoved() {
    vertx.eventBus().publish(Catalogue.SHARDS_MOVED.address(), new ShardsMoved(table.here()));
  }
}
