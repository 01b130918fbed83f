package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/**
 * Hides a range of a log, or ends that when no text is left in it.
 *
 * @param epoch the caller's write timestamp
 * @param ends whether it ends
 */
public record HideRange(String conversationId, HiddenRange range, long epoch, boolean ends)
    implements Request {}
