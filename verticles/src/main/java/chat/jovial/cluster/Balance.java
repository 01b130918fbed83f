package chat.jovial.cluster;

import chat.jovial.cluster.LeaseStore.LeaseRow;
import chat.jovial.cluster.LeaseStore.ShardRow;
import chat.jovial.contract.Shards;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a process to its share of the shards, round by round: marks leases dead that have run out,
 * then gives back what is too much, frees what it does not count on, or claims what is free.
 * Confined to the event loop of {@link OwnershipVerticle}, which says why this is safe.
 */
final class Balance {
  private static final Logger LOG = LoggerFactory.getLogger(Balance.class);

  private final ClusterConfig config;
  private final LeaseStore store;
  private final ShardTable table;
  private final Claims claims;
  private final @Nullable String dataId;
  private final Clock clock;
  private final Turns turns;
  private final LeaseWatch watch;

  /** Whose turn it is, and when again. */
  interface Turns {
    /** The lease holds, and is not being given up. */
    boolean mayClaim();

    /** There should be another round right after this one. */
    void again();

    /** And one in so long, when the lease of somebody else may have run out. */
    void againIn(long nanos);

    /** Shards have moved. */
    void tellMoved();
  }

  /**
   * @param dataId names the data folder that this process holds locked; null if it has none
   */
  Balance(
      ClusterConfig config,
      LeaseStore store,
      ShardTable table,
      Claims claims,
      @Nullable String dataId,
      Clock clock,
      Turns turns) {
    this.config = config;
    this.store = store;
    this.table = table;
    this.claims = claims;
    this.dataId = dataId;
    this.clock = clock;
    this.turns = turns;
    this.watch = new LeaseWatch(config.lease().plus(config.drift()), System::nanoTime);
  }

  /** Fails when the store does; the next one begins with what is there then. */
  Future<Void> round(String leaseId) {
    return table
        .look()
        .compose(
            ring ->
                endThoseThatAreOver(leaseId, ring)
                    .compose(ended -> ended ? table.look() : Future.succeededFuture(ring)))
        .compose(ring -> take(leaseId, ring));
  }

  private Future<Boolean> endThoseThatAreOver(String leaseId, Ring ring) {
    List<Future<?>> ends = new ArrayList<>();
    long soonest = Long.MAX_VALUE;
    watch.retain(ring.living().keySet());
    for (LeaseRow row : ring.living().values()) {
      if (row.leaseId().equals(leaseId)) {
        continue;
      }
      long left = isOfOurPredecessor(row) ? -1 : watch.nanosLeft(row);
      if (left < 0) {
        LOG.info("The lease of node {} has run out", row.node());
        ends.add(store.markDead(row.leaseId(), row.version()));
      } else {
        soonest = Math.min(soonest, left);
      }
    }
    if (soonest < config.renewalPeriod().toNanos()) {
      // One that has stood still for a while: look at the moment in which it is over, not a tick
      // later.
      turns.againIn(soonest);
    }
    return Future.join(ends).map(!ends.isEmpty());
  }

  private boolean isOfOurPredecessor(LeaseRow row) {
    return dataId != null && dataId.equals(row.dataId());
  }

  private Future<Void> take(String leaseId, Ring ring) {
    if (!turns.mayClaim()) {
      return Future.succeededFuture();
    }
    Shares shares = Shares.of(ring, leaseId, claims::has);
    if (!shares.giveBack().isEmpty()) {
      return giveBack(leaseId, shares.giveBack());
    }
    if (!shares.abandoned().isEmpty()) {
      return store
          .free(leaseId, shares.abandoned())
          .onSuccess(freed -> turns.tellMoved())
          .mapEmpty();
    }
    if (!shares.claim().isEmpty()) {
      return claim(leaseId, shares.claim());
    }
    return forget(ring);
  }

  private Future<Void> claim(String leaseId, List<ShardRow> free) {
    long number = Claims.number(Duration.between(Instant.EPOCH, clock.instant()), free);
    long begin = System.nanoTime();
    return store
        .claim(leaseId, free, number)
        .map(
            claimed -> {
              if (!claimed) {
                // Somebody else was faster: what is left?
                LOG.debug("{} shards were not taken: another was faster", free.size());
                turns.again();
              } else if (claims.take(free, number)) {
                LOG.info(
                    "Owner of {} of {} shards: took {} in {} ms",
                    claims.count(),
                    Shards.COUNT,
                    free.size(),
                    (System.nanoTime() - begin) / 1_000_000);
                turns.tellMoved();
              }
              return null;
            });
  }

  private Future<Void> giveBack(String leaseId, List<ShardRow> surplus) {
    BitSet shards = new BitSet(Shards.COUNT);
    surplus.forEach(row -> shards.set(row.shard()));
    return claims
        .leave(shards, Claims.HAND_OVER_LIMIT)
        .compose(left -> store.free(leaseId, surplus))
        .onSuccess(
            freed -> {
              LOG.info("Gave {} shards to other nodes", surplus.size());
              turns.tellMoved();
            })
        .mapEmpty();
  }

  /** Removes the leases that have ended and own nothing. */
  private Future<Void> forget(Ring ring) {
    List<Future<?>> gone = new ArrayList<>();
    for (LeaseRow row : ring.leases()) {
      boolean owns =
          ring.shards().stream().anyMatch(shard -> row.leaseId().equals(shard.leaseId()));
      if (!row.isAlive() && !owns) {
        gone.add(store.forget(row));
      }
    }
    return Future.join(gone).mapEmpty();
  }
}
