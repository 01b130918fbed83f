package chat.jovial.mds.store;

import chat.jovial.cluster.Ownership;
import chat.jovial.contract.JovialException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Time in which this process owns a log without interruption. Any thread.
 *
 * @param fencingToken the number under which its shard was claimed when the log was opened
 * @param writeTimestamp the epoch: the timestamp of everything written in this term, microseconds
 */
public record OwnershipTerm(
    Ownership ownership, int shard, long fencingToken, long writeTimestamp) {

  public static OwnershipTerm begin(Ownership ownership, int shard) {
    return new OwnershipTerm(ownership, shard, ownership.claim(shard), ownership.epoch(shard));
  }

  /** Whether it goes on: the lease holds, and the shard was not claimed again since. */
  public boolean isValid() {
    return fencingToken != Ownership.NOT_OWNED && ownership.claim(shard) == fencingToken;
  }

  /**
   * The write timestamp, in microseconds, of a tombstone that replaces a body: later than whatever
   * this or a previous owner can have written of that body.
   */
  public long timestampOfRemoval(Instant now) {
    return Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, now), writeTimestamp + 1);
  }

  /** What callers receive who wait for a log whose term is over. */
  public static JovialException notOwner() {
    return JovialException.notOwner(
        "this conversation is changing hands; whether this was stored is not known", false);
  }

  /** Ends with something unresolved: the next term writes with another timestamp. */
  public void endUnresolved() {
    ownership.advanceEpoch(shard);
  }
}
