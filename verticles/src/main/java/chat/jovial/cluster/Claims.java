package chat.jovial.cluster;

import chat.jovial.contract.Shards;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Register of the shards that this process has claimed, as the threads of all verticles see them.
 * Any thread; {@link OwnershipVerticle} alone changes it.
 */
public final class Claims implements Ownership {
  /**
   * The least step between two claims of a shard, in microseconds: about a second. Within one claim
   * the epoch goes up by one for each log lost, so that it does not reach the next claim.
   */
  static final long STEP = 1L << 20;

  /** How long writes in flight may take to finish when a shard is given up. */
  static final Duration HAND_OVER_LIMIT = Duration.ofSeconds(2);

  private final LeaseClock lease;
  private final AtomicLongArray claims = new AtomicLongArray(Shards.COUNT);
  private final AtomicLongArray epochs = new AtomicLongArray(Shards.COUNT);
  private final List<HandOver> holders = new CopyOnWriteArrayList<>();

  /** Replaced, never changed. */
  private volatile BitSet leaving = new BitSet();

  private volatile boolean closed;

  Claims(LeaseClock lease) {
    this.lease = lease;
  }

  /** Of a process that has no lease yet. */
  public static Claims of(ClusterConfig config, Clock clock) {
    return new Claims(new LeaseClock(config.lease(), clock, System::nanoTime));
  }

  LeaseClock lease() {
    return lease;
  }

  /** Whether the lease holds and is not being given up. */
  boolean mayClaim() {
    return !closed && lease.holds();
  }

  /** From now on nothing more is claimed. */
  void close() {
    closed = true;
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

  @Override
  public boolean isLeaving(int shard) {
    return leaving.get(shard);
  }

  @Override
  public void onHandOver(HandOver holder) {
    holders.add(holder);
  }

  /**
   * Refuses what is new for these shards, has writes in flight finished, then counts the shards as
   * lost; only after that may they be released.
   */
  Future<Void> handOver(BitSet shards, Duration limit) {
    markLeaving(shards, true);
    return Future.join(holders.stream().map(holder -> holder.finish(shards, limit)).toList())
        .transform(
            finished -> {
              shards.stream().forEach(shard -> claims.set(shard, NOT_OWNED));
              markLeaving(shards, false);
              return Future.succeededFuture();
            });
  }

  private synchronized void markLeaving(BitSet shards, boolean now) {
    BitSet marked = (BitSet) leaving.clone();
    if (now) {
      marked.or(shards);
    } else {
      marked.andNot(shards);
    }
    leaving = marked;
  }

  /** All shards that are claimed, whether or not the lease holds. */
  BitSet all() {
    BitSet all = new BitSet(Shards.COUNT);
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      all.set(shard, has(shard));
    }
    return all;
  }

  /**
   * The store has accepted a claim: these shards are owned, if the lease still holds now that this
   * is known. If it does not, the claim may be somebody else's already and is not counted on; what
   * the store says of it then counts as abandoned.
   */
  boolean adopt(List<LeaseStore.ShardRow> shards, long claim) {
    if (!lease.holds()) {
      return false;
    }
    for (LeaseStore.ShardRow row : shards) {
      epochs.set(row.shard(), claim);
      claims.set(row.shard(), claim);
    }
    return true;
  }

  void dropAll() {
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      claims.set(shard, NOT_OWNED);
    }
  }

  boolean has(int shard) {
    return claims.get(shard) != NOT_OWNED;
  }

  /** How many shards are claimed, whether or not the lease holds. */
  public int count() {
    return all().cardinality();
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
