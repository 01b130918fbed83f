package chat.jovial.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Presence of a watched user.
 *
 * @param lastSeen missing while online, and for users who do not show it
 */
public record Presence(String userId, boolean online, @Nullable Instant lastSeen) {}
