package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/**
 * Request for an entry that another one is going to change.
 *
 * @param withEdits also which edits it has
 */
public record ReadTarget(String conversationId, long target, boolean withEdits) implements Request {
  /** Edits of one message; an owner accepts no more, so that a removal can cover them all. */
  public static final int MAX_EDITS = 1000;
}
