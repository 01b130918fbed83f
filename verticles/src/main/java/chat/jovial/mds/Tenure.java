package chat.jovial.mds;

import chat.jovial.cluster.Ownership;

/**
 * The time in which this process owns a log without interruption.
 *
 * @param claim the number under which its shard was claimed when the log was activated
 * @param epoch the write timestamp of everything written in this tenure
 */
record Tenure(Ownership ownership, int shard, long claim, long epoch) {

  static Tenure begin(Ownership ownership, int shard) {
    return new Tenure(ownership, shard, ownership.claim(shard), ownership.epoch(shard));
  }

  /** Whether it still lasts: the lease holds, and the shard was not claimed anew since. */
  boolean lasts() {
    return claim != Ownership.NOT_OWNED && ownership.claim(shard) == claim;
  }

  /** Ends with something unresolved: the next tenure writes with another timestamp. */
  void endUnresolved() {
    ownership.advanceEpoch(shard);
  }
}
