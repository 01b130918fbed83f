package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/** Request for the watermarks of a conversation's members. */
public record ReadReceipts(String conversationId) implements Request {}
