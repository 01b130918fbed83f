package chat.jovial.contract.mds;

/** Reasons for which a body is gone, as entries show them in {@code removed}. */
public final class Removal {
  /** Its sender took it back. */
  public static final String REDACTED = "redacted";

  /** {@code mss.delete_from} reached it. */
  public static final String DELETED = "deleted";

  /** Its time has run out. */
  public static final String EXPIRED = "expired";

  /** The key of its conversation or of its sender was destroyed. */
  public static final String ERASED = "erased";

  private Removal() {}
}
