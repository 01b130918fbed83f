package chat.jovial.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Message as a person should see it: with its last edit, its reactions, or what removed it.
 *
 * @param seq null while it is queued
 * @param body null if it was removed or has expired
 * @param removed {@code redacted}, {@code deleted} or {@code expired}
 * @param reactions who reacted with what, in the order of the first of each
 * @param error why it failed
 */
public record Message(
    String conversationId,
    @Nullable Long seq,
    String clientId,
    String senderId,
    Instant sentAt,
    @Nullable Instant storedAt,
    @Nullable Body body,
    MessageState state,
    boolean edited,
    @Nullable String removed,
    Map<String, List<String>> reactions,
    @Nullable Long replyTo,
    @Nullable Instant expiresAt,
    @Nullable String error) {}
