package chat.jovial.contract.mds;

/** The kinds of entries of a conversation's log, by their names on the wire. */
public final class Kind {
  public static final String MESSAGE = "message";

  /** Its body takes the place of the target's. */
  public static final String EDIT = "edit";

  /** The target's body is gone; with a body of type {@code range}, those of many. */
  public static final String REDACTION = "redaction";

  public static final String REACTION = "reaction";

  private Kind() {}
}
