package chat.jovial.client.log;

import chat.jovial.client.executor.SerialExecutor;
import chat.jovial.client.executor.Timer;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.Presence;
import chat.jovial.client.model.Typing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Typing and presence, of which nothing is kept on the device. Confined to the executor. */
final class TypingAndPresence {
  /** After so long without another sign, somebody does not type any more. */
  private static final Duration TYPING_LAPSES = Duration.ofSeconds(6);

  /** While somebody types the server is told this often. */
  private static final Duration TYPING_EVERY = Duration.ofSeconds(3);

  /** More of them are not shown. */
  private static final int MAX_TYPING = 1_000;

  private static final int MAX_WATCHED = 200;

  private final SerialExecutor executor;
  private final Requester requester;
  private final Listeners listeners;
  private final Map<Typing, Timer> typing = new HashMap<>();
  private final Map<String, Long> sentNanos = new HashMap<>();
  private final Set<String> watched = new LinkedHashSet<>();

  TypingAndPresence(SerialExecutor executor, Requester requester, Listeners listeners) {
    this.executor = executor;
    this.requester = requester;
    this.listeners = listeners;
  }

  void handleTyping(JsonNode event) {
    String conversationId = Json.required(event, "conversation_id");
    Typing on = new Typing(conversationId, Json.required(event, "user_id"), true);
    Timer before = typing.remove(on);
    if (before != null) {
      before.cancel();
    }
    if (!event.path("typing").asBoolean()) {
      lapse(on, before != null);
    } else if (typing.size() < MAX_TYPING) {
      typing.put(
          on,
          executor.after(
              TYPING_LAPSES,
              () -> {
                typing.remove(on);
                lapse(on, true);
              }));
      if (before == null) {
        listeners.emit(Event.TYPING, () -> on);
      }
    }
  }

  /** A message of somebody ends their typing. */
  void handleMessage(String conversationId, String senderId) {
    Typing on = new Typing(conversationId, senderId, true);
    Timer before = typing.remove(on);
    if (before != null) {
      before.cancel();
      lapse(on, true);
    }
  }

  private void lapse(Typing on, boolean wasOn) {
    if (wasOn) {
      listeners.emit(Event.TYPING, () -> new Typing(on.conversationId(), on.userId(), false));
    }
  }

  /** This user types, or ceased to; told only as often as others need it. */
  void send(String conversationId, boolean on) {
    long now = System.nanoTime();
    Long sent = sentNanos.get(conversationId);
    boolean recently = sent != null && now - sent < TYPING_EVERY.toNanos();
    if (!requester.isOpen() || (on && recently) || (!on && sent == null)) {
      return;
    }
    if (on) {
      if (sentNanos.size() >= MAX_TYPING) {
        sentNanos.clear();
      }
      sentNanos.put(conversationId, now);
    } else {
      sentNanos.remove(conversationId);
    }
    ObjectNode request = Json.object().put("conversation_id", conversationId).put("typing", on);
    // A lost sign is no loss: the next comes soon, or it lapses.
    var unused = requester.request("mds.typing", request).exceptionally(failure -> request);
  }

  /** A message was sent: the next key pressed is told at once. */
  void forget(String conversationId) {
    sentNanos.remove(conversationId);
  }

  /** Replaces whom this client watches, now and after each reconnect. */
  CompletableFuture<Void> watch(Collection<String> userIds) {
    if (userIds.size() > MAX_WATCHED) {
      throw new IllegalArgumentException("At most " + MAX_WATCHED + " users can be watched.");
    }
    watched.clear();
    watched.addAll(userIds);
    return watchAgain();
  }

  /** After each opening of the session: the server watches for a connection. */
  CompletableFuture<Void> watchAgain() {
    if (!requester.isOpen()) {
      return CompletableFuture.completedFuture(null);
    }
    ObjectNode request = Json.object();
    ArrayNode userIds = request.putArray("user_ids");
    watched.forEach(userIds::add);
    return requester
        .request("presence.watch", request)
        .thenAccept(reply -> reply.path("users").forEach(this::handlePresence));
  }

  boolean watchesAnyone() {
    return !watched.isEmpty();
  }

  void handlePresence(JsonNode user) {
    Presence presence =
        new Presence(
            Json.required(user, "user_id"),
            user.path("online").asBoolean(),
            Json.time(user, "last_seen"));
    listeners.emit(Event.PRESENCE, () -> presence);
  }
}
