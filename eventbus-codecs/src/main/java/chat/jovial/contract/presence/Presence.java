package chat.jovial.contract.presence;

import chat.jovial.contract.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One user, as another one may see them. */
public record Presence(
    String userId,
    @Doc("Always false of a user who does not show it to the caller.") boolean online,
    @Doc("When the last device went offline.") @Nullable Instant lastSeen) {

  /** What is said of a user who shows nothing, or of whom nothing is known. */
  public static Presence hidden(String userId) {
    return new Presence(userId, false, null);
  }
}
