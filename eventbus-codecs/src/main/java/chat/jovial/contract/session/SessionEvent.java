package chat.jovial.contract.session;

import chat.jovial.contract.ClientEvent;
import chat.jovial.contract.Doc;

/** Last event of a connection: what its client should do next, and why. */
public record SessionEvent(
    String event, @Doc("ended or reconnect.") String status, @Doc("For a person.") String reason)
    implements ClientEvent {
  private static final String NAME = "session";

  /** The device session is over: the user has to log in again. */
  public static SessionEvent ended(String reason) {
    return new SessionEvent(NAME, "ended", reason);
  }

  /** The server is going away: the client should reconnect, to whichever node it reaches. */
  public static SessionEvent reconnect(String reason) {
    return new SessionEvent(NAME, "reconnect", reason);
  }
}
