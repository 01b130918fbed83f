package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/** Asks how far the members of a conversation have it. */
public record ReadReceipts(String conversationId) implements Request {}
