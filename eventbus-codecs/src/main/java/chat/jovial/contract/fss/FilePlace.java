package chat.jovial.contract.fss;

import org.jspecify.annotations.Nullable;

/**
 * Whose a file is: its keys follow from it, so who asks for a chunk says it along with the file.
 *
 * @param conversationId that it was uploaded to; null outside a conversation
 */
public record FilePlace(String appId, @Nullable String conversationId, String senderId) {}
