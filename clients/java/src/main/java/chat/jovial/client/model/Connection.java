package chat.jovial.client.model;

import org.jspecify.annotations.Nullable;

/**
 * How the client stands with the server.
 *
 * @param reason why it is not online, for people
 */
public record Connection(Status status, @Nullable String reason) {

  public enum Status {
    ONLINE,
    CONNECTING,
    /** Waits before it tries again. */
    OFFLINE,
    /** For good: the session is over, or the client was closed. */
    ENDED
  }
}
