package chat.jovial.contract;

import static chat.jovial.contract.Access.ANYONE;
import static chat.jovial.contract.Access.USER;
import static chat.jovial.contract.RateClass.NORMAL;

import chat.jovial.contract.mds.Pushes;
import chat.jovial.contract.presence.Presences;
import chat.jovial.contract.presence.WatchPresence;
import chat.jovial.contract.session.OpenSession;
import chat.jovial.contract.session.SessionOpened;
import java.util.List;

/** Operations of the edge: what binds a connection, and what only the connection can answer. */
public final class EdgeOperations {
  private static final OperationList OPERATIONS = new OperationList(Service.EDGE);

  // ---- What a client may call.

  public static final Operation<OpenSession, SessionOpened> SESSION_OPEN =
      OPERATIONS.client(
          "session.open",
          ANYONE,
          NORMAL,
          OpenSession.class,
          SessionOpened.class,
          "Binds this connection to a user; again, with a fresh token, it renews the session.");
  public static final Operation<WatchPresence, Presences> PRESENCE_WATCH =
      OPERATIONS.client(
          "presence.watch",
          USER,
          NORMAL,
          WatchPresence.class,
          Presences.class,
          "Tells who is online, and from then on, on a connection with a session, when that changes;"
              + " whether others see it is each user's choice.");

  // ---- Between services.

  public static final Operation<Pushes, Nothing> PUSHES =
      OPERATIONS.service("edge.push", Pushes.class, Nothing.class);

  private EdgeOperations() {}

  static List<Operation<?, ?>> all() {
    return OPERATIONS.all();
  }
}
