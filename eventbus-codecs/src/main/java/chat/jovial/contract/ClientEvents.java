package chat.jovial.contract;

import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mds.ReceiptEvent;
import chat.jovial.contract.mds.TypingEvent;
import chat.jovial.contract.presence.PresenceEvent;
import chat.jovial.contract.session.SessionEvent;
import java.util.List;

/** Catalogue of the events that are pushed to clients; clients ignore those they do not know. */
public final class ClientEvents {
  public static final ClientEventType<Entry> MESSAGE =
      new ClientEventType<>(
          "message", Entry.class, "An entry was stored in one of the user's conversations.");
  public static final ClientEventType<ReceiptEvent> RECEIPT =
      new ClientEventType<>(
          "receipt",
          ReceiptEvent.class,
          "How far a member has the conversation now; goes to all devices of all members. Keep the"
              + " higher of two.");
  public static final ClientEventType<TypingEvent> TYPING =
      new ClientEventType<>(
          "typing",
          TypingEvent.class,
          "Another member writes, or has stopped; it lapses by itself after six seconds.");
  public static final ClientEventType<PresenceEvent> PRESENCE =
      new ClientEventType<>(
          "presence",
          PresenceEvent.class,
          "A user named in presence.watch on this connection came online or went offline.");
  public static final ClientEventType<SessionEvent> SESSION =
      new ClientEventType<>(
          "session",
          SessionEvent.class,
          "This connection is about to be closed: log in again, or reconnect.");

  public static final List<ClientEventType<?>> ALL =
      List.of(MESSAGE, RECEIPT, TYPING, PRESENCE, SESSION);

  private ClientEvents() {}
}
