package chat.jovial.contract.fss;

import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

/**
 * Begins a file that nobody can read until it is complete.
 *
 * @param length bytes; null if it is not known yet
 * @param conversationId whose key encrypts it, beside the sender's; null outside a conversation
 */
public record CreateUpload(
    String fileId,
    String appId,
    String senderId,
    @Nullable String conversationId,
    @Nullable String name,
    String mimeType,
    @Nullable Long length)
    implements Request {}
