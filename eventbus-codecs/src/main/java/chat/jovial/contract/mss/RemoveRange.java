package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/**
 * As {@link RemoveBodies}, for the messages and edits in a range; does one step and says where the
 * next one begins.
 */
public record RemoveRange(
    String conversationId, long from, long upto, String reason, long timestamp)
    implements Request {}
