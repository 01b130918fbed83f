package chat.jovial.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reply of the server to a request that it has stored.
 *
 * @param storedAt null if this was learned from the log, because the reply was lost
 */
public record Stored(
    String conversationId, long seq, String clientId, @Nullable Instant storedAt) {}
