package chat.jovial.mds;

import chat.jovial.cluster.Ownership;
import chat.jovial.contract.JovialException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

  /**
   * The write timestamp, in microseconds, of a mark that takes a body's place: later than whatever
   * this or a former owner can have written of that body.
   */
  long timestampOfRemoval(Instant now) {
    return Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, now), epoch + 1);
  }

  /** What those are told who wait for a log whose tenure is over. */
  static JovialException notOwner() {
    return JovialException.notOwner(
        "this conversation is changing hands; whether this was stored is not known", false);
  }

  /** Ends with something unresolved: the next tenure writes with another timestamp. */
  void endUnresolved() {
    ownership.advanceEpoch(shard);
  }
}
