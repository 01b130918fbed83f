package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

/**
 * Request for an entry that another one is going to change.
 *
 * @param withEdits also which edits it has
 * @param reactionsOf also how many reactions to it are of this user
 */
public record ReadTarget(
    String conversationId, long target, boolean withEdits, @Nullable String reactionsOf)
    implements Request {
  /** Edits of one message; an owner accepts no more, so that a removal can cover them all. */
  public static final int MAX_EDITS = 1000;

  /** Reactions of one person to one message, given and taken back; an owner accepts no more. */
  public static final int MAX_REACTIONS = 100;
}
