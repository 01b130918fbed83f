package chat.jovial.contract.presence;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a watching connection is sent. */
public record PresenceEvent(
    String event, String userId, boolean online, @Nullable Instant lastSeen) {
  public static PresenceEvent of(Presence presence) {
    return new PresenceEvent("presence", presence.userId(), presence.online(), presence.lastSeen());
  }
}
