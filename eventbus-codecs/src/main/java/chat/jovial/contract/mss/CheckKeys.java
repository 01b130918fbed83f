package chat.jovial.contract.mss;

import chat.jovial.contract.Request;

/**
 * Request to check that a user's bodies can be sealed in a conversation; keys that are missing are
 * made. Fails with {@code gone} if one of them was destroyed.
 */
public record CheckKeys(String conversationId, String senderId) implements Request {}
