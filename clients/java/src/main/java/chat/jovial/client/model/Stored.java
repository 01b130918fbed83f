package chat.jovial.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the server said when it had stored something.
 *
 * @param storedAt null if this was learned from the log, because the reply was lost
 */
public record Stored(
    String conversationId, long seq, String clientId, @Nullable Instant storedAt) {}
