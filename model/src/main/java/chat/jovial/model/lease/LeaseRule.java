package chat.jovial.model.lease;

import chat.jovial.model.explore.Rule;

/** The rules of ownership. Without one of them the rest of the model is as it is. */
public enum LeaseRule implements Rule {
  TOLD_UNDER_LEASE("an owner is one only while its lease holds", "Claims.claim"),
  FROM_START(
      "a lease counts from the start of the renewal, not from its answer", "LeaseClock.renewedAt"),
  LATEST_START("an answer that a later one has overtaken changes nothing", "LeaseClock.renewedAt"),
  FASTER_CLOCK("the faster of two clocks decides: one of them may stand still", "LeaseClock.holds"),
  WATCH_TIME(
      "a lease is over when its version stood still for the lease time", "LeaseWatch.isOver"),
  WATCH_DRIFT("and for the drift of clocks on top of it", "LeaseWatch.isOver"),
  SEEN_FROM_ANSWER(
      "a version is seen from when the answer came, not from the question", "LeaseWatch.isOver"),
  NEW_VERSION(
      "each renewal writes a version that was not used before", "OwnershipVerticle.handleTick"),
  MARK_NAMES_VERSION(
      "a lease is marked dead only if its version is the one seen", "LeaseStore.markDead"),
  RENEWED_IF_ALIVE("a lease that was marked dead cannot be renewed", "LeaseStore.renew"),
  CLAIM_IF_AS_SEEN("a shard is claimed only if its row is as it was seen", "LeaseStore.claim"),
  LEASES_AFTER_SHARDS(
      "the leases are read after the shards, not before or beside them", "LeaseStore.ring (ADR 6)"),
  LEASE_AFTER_CLAIM("a claim is believed only if the lease still holds", "Balance.claim"),
  NUMBER_ABOVE_LAST(
      "a claim's number is above the last one, whatever the clock says", "Claims.number"),
  FOLDER_LOCKED(
      "a lease of the same data folder is ended at once only with the folder locked",
      "Balance.isOfPreviousProcess"),
  LOST_BEFORE_FREED(
      "a shard that is given back counts as lost before the row is freed", "Claims.handOver"),
  FREED_KEEPS_NUMBER("a freed shard keeps its claim's number", "LeaseStore.free"),
  FREED_IF_AS_CLAIMED(
      "a shard is freed only if its row bears the claim that is given up", "LeaseStore.free");

  private final String says;
  private final String code;

  LeaseRule(String says, String code) {
    this.says = says;
    this.code = code;
  }

  @Override
  public String says() {
    return says;
  }

  @Override
  public String code() {
    return code;
  }
}
