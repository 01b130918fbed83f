package chat.jovial.contract.mds;

/** The kinds of entries of a conversation's log, by their names on the wire. */
public final class Kind {
  public static final String MESSAGE = "message";

  private Kind() {}
}
