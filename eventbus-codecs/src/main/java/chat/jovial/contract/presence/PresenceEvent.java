package chat.jovial.contract.presence;

import chat.jovial.contract.ClientEvent;
import chat.jovial.contract.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Change of the presence of a user whom a connection watches. */
public record PresenceEvent(
    String event,
    String userId,
    boolean online,
    @Doc("When the last device went offline.") @Nullable Instant lastSeen)
    implements ClientEvent {
  public static PresenceEvent of(Presence presence) {
    return new PresenceEvent("presence", presence.userId(), presence.online(), presence.lastSeen());
  }
}
