package chat.jovial.client.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as this device knows it.
 *
 * @param userId the other member of a direct conversation
 * @param lastSeq the newest entry that this device knows of
 * @param lastStoredAt the time of that entry, as far as known
 * @param unread messages of others that the user has not read, on whichever device
 * @param readUpto the user's own read watermark
 * @param gaps ranges that this device knows to be missing and is fetching
 */
public record Conversation(
    String conversationId,
    @Nullable String userId,
    long lastSeq,
    @Nullable Instant lastStoredAt,
    int unread,
    long readUpto,
    int gaps,
    List<Receipt> receipts) {}
