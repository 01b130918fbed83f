package chat.jovial.client.model;

import org.jspecify.annotations.Nullable;

/**
 * State of the connection to the server.
 *
 * @param reason why it is not online, for people
 */
public record Connection(Status status, @Nullable String reason) {

  public enum Status {
    ONLINE,
    CONNECTING,
    /** Waits before it tries again. */
    OFFLINE,
    /** Permanently: the session is over, so the person has to log in again. */
    ENDED,
    /** By {@code close()}. */
    CLOSED
  }
}
