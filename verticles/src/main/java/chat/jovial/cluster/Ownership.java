package chat.jovial.cluster;

/**
 * View of the shards that this process owns at this moment. Any thread. Every answer takes the
 * lease into account: when it has run out, nothing is owned.
 */
public interface Ownership {
  /** What {@link #claim} says of a shard that is not owned. */
  long NOT_OWNED = 0;

  /**
   * The number under which the shard was claimed, or {@link #NOT_OWNED}. If the token differs
   * between two calls, ownership was lost in between.
   */
  long claim(int shard);

  /**
   * The write timestamp for logs of the shard that are activated now, in microseconds: the claim,
   * plus one for each log that was lost while something of it was unresolved. Only of use while
   * owned.
   */
  long epoch(int shard);

  /** Notes that a log of the shard was lost while something of it was unresolved. */
  void advanceEpoch(int shard);

  /** Whether the shard is being handed over: writes in flight finish, no more are accepted. */
  default boolean isLeaving(int shard) {
    return false;
  }

  /** Names who has to finish writes before shards are given up. */
  default void onHandOver(HandOver holder) {}
}
