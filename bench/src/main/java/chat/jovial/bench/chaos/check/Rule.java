package chat.jovial.bench.chaos.check;

/** Rule that must always hold, in the numbering of the design, section 4. */
public enum Rule {
  LOST("I1", "lost: the sender saw `stored`, a member cannot read it"),
  LOST_ON_DEVICE("I1", "missing in the local store of a member's device"),
  VANISHED("I1", "queued on the device for good, then neither sent nor refused"),
  DUPLICATED("I2", "stored twice, or shown twice by a device"),
  REORDERED("I3", "shown or stored out of order, or an answer before what it answers"),
  GAP("I3", "a number of the log without an entry"),
  CONTRADICTED("I3", "two places have different entries at the same number"),
  FALSE_DELIVERED("I4", "`delivered` told of what no device of the reader held"),
  FALSE_READ("I4", "`read` told of what no device of the reader had marked"),
  STRANGE("I5", "an entry that no member of the conversation sent"),
  NEVER_SHOWN("I7", "never shown by a device that holds it"),
  LATE("I7", "shown too late by a device that was connected");

  private final String invariant;
  private final String meaning;

  Rule(String invariant, String meaning) {
    this.invariant = invariant;
    this.meaning = meaning;
  }

  public String invariant() {
    return invariant;
  }

  public String meaning() {
    return meaning;
  }
}
