package chat.jovial.cluster;

import chat.jovial.contract.Shards;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** The shards that this process has claimed, as the threads of all verticles see them. */
final class Claims implements Ownership {
  /**
   * The least step between two claims of a shard, in microseconds: about a second. Within one claim
   * the epoch goes up by one for each log lost, so that it does not reach the next claim.
   */
  static final long STEP = 1L << 20;

  private final LeaseClock lease;
  private final AtomicLongArray claims = new AtomicLongArray(Shards.COUNT);
  private final AtomicLongArray epochs = new AtomicLongArray(Shards.COUNT);

  Claims(LeaseClock lease) {
    this.lease = lease;
  }

  @Override
  public long claim(int shard) {
    return lease.holds() ? claims.get(shard) : NOT_OWNED;
  }

  @Override
  public long epoch(int shard) {
    return epochs.get(shard);
  }

  @Override
  public void advanceEpoch(int shard) {
    epochs.incrementAndGet(shard);
  }

  void add(List<LeaseStore.ShardRow> shards, long claim) {
    for (LeaseStore.ShardRow row : shards) {
      epochs.set(row.shard(), claim);
      claims.set(row.shard(), claim);
    }
  }

  void dropAll() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      claims.set(shard, NOT_OWNED);
    }
  }

  boolean has(int shard) {
    return claims.get(shard) != NOT_OWNED;
  }

  int count() {
    int count = 0;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      count += has(shard) ? 1 : 0;
    }
    return count;
  }

  /** The number for a claim made now: microseconds, clearly above the last one of each shard. */
  static long number(Duration sinceEpoch, List<LeaseStore.ShardRow> shards) {
    long number = sinceEpoch.toNanos() / 1000;
    for (LeaseStore.ShardRow row : shards) {
      if (row.claim() != null) {
        number = Math.max(number, row.claim() + STEP);
      }
    }
    return number;
  }
}
