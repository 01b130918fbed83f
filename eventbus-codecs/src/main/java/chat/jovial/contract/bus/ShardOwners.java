package chat.jovial.contract.bus;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Where the owner of a shard is. What it says may be out of date: the node asked refuses then, and
 * the caller looks again. May be used from any thread.
 */
public interface ShardOwners {
  /** This node. */
  String here();

  /** The node that owns the shard, as far as is known here; null if nobody does. */
  @Nullable String nodeOf(int shard);

  /**
   * Looks again. Many that ask at once share one look, and looks have a pause between them, so that
   * it may be asked as often as anybody is refused. Completes when {@link #nodeOf} says something
   * newer than this call; never fails, for without news the answer is the old one.
   */
  Future<Void> refresh();
}
