package chat.jovial.client.model;

/** The kinds of entries that the kit knows, by their names on the wire. */
public final class Kind {
  public static final String MESSAGE = "message";
  public static final String EDIT = "edit";
  public static final String REDACTION = "redaction";
  public static final String REACTION = "reaction";

  private Kind() {}
}
