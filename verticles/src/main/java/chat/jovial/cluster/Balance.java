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
 * Rebalancing of the shards, round by round: marks leases dead that have expired, then gives back
 * what is beyond this process's share, frees what it does not count on, or claims what is free.
 * Confined to the event loop of {@link OwnershipVerticle}, which says why this is safe.
 */
final class Balance {
  private static final Logger LOG = LoggerFactory.getLogger(Balance.class);
  private static final RoundResult NOTHING_DONE = new RoundResult(false, false);

  private final ClusterConfig config;
  private final LeaseStore store;
  private final ShardTable table;
  private final Claims claims;
  private final @Nullable String dataId;
  private final Clock clock;
  private final LeaseWatch watch;

  /**
   * What a round did.
   *
   * @param again whether there should be another round right after this one
   * @param moved whether shards have moved
   * @param nextExpiryNanos in how long somebody else's lease may expire; at least a renewal period
   *     if none is about to
   */
  record RoundResult(boolean again, boolean moved, long nextExpiryNanos) {
    RoundResult(boolean again, boolean moved) {
      this(again, moved, Long.MAX_VALUE);
    }

    RoundResult withNextExpiry(long nanos) {
      return new RoundResult(again, moved, nanos);
    }
  }

  /** The leases that have expired were ended; when the next one may. */
  private record Expiries(boolean anyEnded, long nextNanos) {}

  /**
   * @param dataId names the data folder that this process holds locked; null if it has none
   */
  Balance(
      ClusterConfig config,
      LeaseStore store,
      ShardTable table,
      Claims claims,
      @Nullable String dataId,
      Clock clock) {
    this.config = config;
    this.store = store;
    this.table = table;
    this.claims = claims;
    this.dataId = dataId;
    this.clock = clock;
    this.watch = new LeaseWatch(config.lease().plus(config.drift()), System::nanoTime);
  }

  /** Fails when the store does; the next one begins with what is there then. */
  Future<RoundResult> round(String leaseId) {
    return table.read().compose(ring -> round(leaseId, ring));
  }

  private Future<RoundResult> round(String leaseId, Ring ring) {
    return endExpired(leaseId, ring)
        .compose(
            expiries ->
                (expiries.anyEnded() ? table.read() : Future.succeededFuture(ring))
                    .compose(latest -> rebalance(leaseId, latest))
                    .map(result -> result.withNextExpiry(expiries.nextNanos())));
  }

  private Future<Expiries> endExpired(String leaseId, Ring ring) {
    List<Future<?>> ends = new ArrayList<>();
    long next = config.renewalPeriod().toNanos();
    watch.retain(ring.living().keySet());
    for (LeaseRow row : ring.living().values()) {
      if (row.leaseId().equals(leaseId)) {
        continue;
      }
      long left = isOfPreviousProcess(row) ? -1 : watch.nanosLeft(row);
      if (left < 0) {
        LOG.info("The lease of node {} has expired", row.node());
        ends.add(store.markDead(row.leaseId(), row.version()));
      } else {
        next = Math.min(next, left);
      }
    }
    return Future.join(ends).map(new Expiries(!ends.isEmpty(), next));
  }

  private boolean isOfPreviousProcess(LeaseRow row) {
    return dataId != null && dataId.equals(row.dataId());
  }

  private Future<RoundResult> rebalance(String leaseId, Ring ring) {
    if (!claims.mayClaim()) {
      return Future.succeededFuture(NOTHING_DONE);
    }
    Shares shares = Shares.of(ring, leaseId, claims::has);
    if (!shares.giveBack().isEmpty()) {
      return giveBack(leaseId, shares.giveBack());
    }
    if (!shares.abandoned().isEmpty()) {
      return store.free(leaseId, shares.abandoned()).map(new RoundResult(false, true));
    }
    if (!shares.claim().isEmpty()) {
      return claim(leaseId, shares.claim());
    }
    return forgetEnded(ring);
  }

  private Future<RoundResult> claim(String leaseId, List<ShardRow> free) {
    long number = Claims.number(Duration.between(Instant.EPOCH, clock.instant()), free);
    long begin = System.nanoTime();
    return store
        .claim(leaseId, free, number)
        .map(
            claimed -> {
              if (!claimed) {
                LOG.debug("{} shards were not claimed: another node was faster", free.size());
                return new RoundResult(true, false);
              }
              if (!claims.adopt(free, number)) {
                return NOTHING_DONE;
              }
              LOG.info(
                  "Owner of {} of {} shards: claimed {} in {} ms",
                  claims.count(),
                  Shards.COUNT,
                  free.size(),
                  (System.nanoTime() - begin) / 1_000_000);
              return new RoundResult(false, true);
            });
  }

  private Future<RoundResult> giveBack(String leaseId, List<ShardRow> surplus) {
    BitSet shards = new BitSet(Shards.COUNT);
    surplus.forEach(row -> shards.set(row.shard()));
    return claims
        .handOver(shards, Claims.HAND_OVER_LIMIT)
        .compose(handedOver -> store.free(leaseId, surplus))
        .map(
            freed -> {
              LOG.info("Gave {} shards to other nodes", surplus.size());
              return new RoundResult(false, true);
            });
  }

  /** Removes the leases that have ended and own nothing. */
  private Future<RoundResult> forgetEnded(Ring ring) {
    List<Future<?>> removals = new ArrayList<>();
    for (LeaseRow row : ring.leases()) {
      boolean owns =
          ring.shards().stream().anyMatch(shard -> row.leaseId().equals(shard.leaseId()));
      if (!row.isAlive() && !owns) {
        removals.add(store.forget(row));
      }
    }
    return Future.join(removals).map(NOTHING_DONE);
  }
}
