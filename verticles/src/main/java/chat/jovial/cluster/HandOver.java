package chat.jovial.cluster;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.BitSet;

/** Writer for shards, which finishes before they are handed over. */
@FunctionalInterface
public interface HandOver {
  /**
   * Finishes writes in flight for these shards, or abandons them when the limit is reached. Called
   * on any thread, after {@link Ownership#isLeaving} says so of each of them.
   */
  Future<Void> finish(BitSet shards, Duration limit);
}
