package chat.jovial.client.model;

/** Up to which entry a member's devices hold a conversation, and up to which it was read. */
public record Receipt(String conversationId, String userId, long deliveredUpto, long readUpto) {}
