package chat.jovial.contract.mds;

import chat.jovial.contract.Doc;

/** Delivered and read watermarks of one member; neither number ever goes back. */
public record Receipt(
    String userId,
    @Doc("A device of this member holds everything up to this seq; 0 for nothing.")
        long deliveredUpto,
    @Doc("This member has seen everything up to this seq; 0 for nothing.") long readUpto) {

  /** Nothing delivered yet. */
  public static Receipt none(String userId) {
    return new Receipt(userId, 0, 0);
  }

  /** The higher of both watermarks; what was read was delivered. */
  public Receipt with(long otherDelivered, long otherRead) {
    long read = Math.max(readUpto, otherRead);
    return new Receipt(userId, Math.max(read, Math.max(deliveredUpto, otherDelivered)), read);
  }

  /** Whether nothing of the other is beyond this. */
  public boolean covers(Receipt other) {
    return other.deliveredUpto <= deliveredUpto && other.readUpto <= readUpto;
  }
}
