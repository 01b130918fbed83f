package chat.jovial.client.model;

/** Somebody began or ceased to write. The kit itself says that it ceased when nothing comes. */
public record Typing(String conversationId, String userId, boolean typing) {}
