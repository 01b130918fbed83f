package chat.jovial.cluster;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.BitSet;

/** Who writes for shards, and is asked to come to an end before they are given up. */
@FunctionalInterface
public interface HandOver {
  /**
   * Finishes what is under way for these shards, or gives it up when the limit is reached. Called
   * on any thread, after {@link Ownership#isLeaving} says so of each of them.
   */
  Future<Void> finish(BitSet shards, Duration limit);
}
