package chat.jovial.edge;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.presence.Presence;
import chat.jovial.contract.presence.PresenceChanged;
import chat.jovial.contract.presence.PresenceEvent;
import chat.jovial.contract.presence.Presences;
import chat.jovial.contract.ums.RecordLastSeen;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of this node that watch others. When the first device of a user comes to a node,
 * or the last one leaves it, that node's edge notes when it was, then tells the others; an edge on
 * which somebody watches that user looks and tells those whose picture has changed. Confined to the
 * event loop of this verticle, but for {@link #moved}, {@link #watch} and {@link #forget}.
 *
 * <p>A watched user is looked at for each watcher anew, so that a choice not to be seen holds from
 * the next change on.
 */
final class PresenceWatchers extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceWatchers.class);

  /** What comes in between is told together; and who comes back this soon was never away. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** Watched users over all connections of a node, about 200 bytes each. */
  private static final int MAX_WATCHED = 500_000;

  /** What a connection watches, and what it was told last. */
  private record Watch(Identity who, Map<String, Presence> told) {}

  private final PresenceHub hub;
  private final ServiceClient services;
  private final Clock clock;

  /** Came or left since the last period; at most one for each user with a connection. */
  private final Map<String, Boolean> moves = new ConcurrentHashMap<>();

  private final Map<ClientSession, Watch> watches = new HashMap<>();
  private final Map<String, Set<ClientSession>> watchersByUser = new HashMap<>();
  private final Set<String> toLookAt = new HashSet<>();
  private int watched;
  private boolean looking;
  private boolean telling;

  PresenceWatchers(PresenceHub hub, ServiceClient services, Clock clock) {
    this.hub = hub;
    this.services = services;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(
        PERIOD.toMillis(),
        tick -> {
          tellMoves();
          lookAgain();
        });
    return vertx
        .eventBus()
        .<PresenceChanged>consumer(
            Catalogue.PRESENCE_MOVED.address(), message -> handleMoved(message.body().userIds()))
        .completion();
  }

  /** A user's first device came to this node, or the last one left it. Any thread. */
  void moved(String userId, boolean here) {
    moves.put(userId, here);
  }

  /** All that is watched may have changed: nodes came or went. Any thread. */
  void lookAtAll() {
    context.runOnContext(now -> toLookAt.addAll(watchersByUser.keySet()));
  }

  /** Any thread. */
  Future<Presences> watch(ClientSession session, Identity who, List<String> userIds) {
    Promise<Presences> answer = Promise.promise();
    context.runOnContext(now -> begin(session, who, userIds).onComplete(answer));
    return answer.future();
  }

  /** The connection is gone. Any thread. */
  void forget(ClientSession session) {
    context.runOnContext(now -> end(session));
  }

  private Future<Presences> begin(ClientSession session, Identity who, List<String> userIds) {
    end(session);
    if (watched + userIds.size() > MAX_WATCHED) {
      return Future.failedFuture(
          JovialException.tryAgain("too many users are watched here", Duration.ofSeconds(10)));
    }
    Watch watch = new Watch(who, new LinkedHashMap<>());
    watches.put(session, watch);
    watched += userIds.size();
    for (String userId : userIds) {
      watch.told().put(userId, Presence.hidden(userId));
      watchersByUser.computeIfAbsent(userId, key -> new HashSet<>()).add(session);
    }
    return hub.look(who, userIds)
        .onSuccess(
            found -> found.users().forEach(user -> watch.told().replace(user.userId(), user)))
        .onFailure(failure -> end(session));
  }

  private void end(ClientSession session) {
    Watch watch = watches.remove(session);
    if (watch == null) {
      return;
    }
    watched -= watch.told().size();
    for (String userId : watch.told().keySet()) {
      watchersByUser.computeIfPresent(
          userId,
          (key, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
          });
    }
  }

  /** First written, then told, so that who looks finds it. */
  private void tellMoves() {
    if (telling || moves.isEmpty()) {
      return;
    }
    telling = true;
    Instant now = clock.instant();
    List<String> moved = new ArrayList<>();
    List<RecordLastSeen.Seen> left = new ArrayList<>();
    for (String userId : moves.keySet()) {
      if (moved.size() == RecordLastSeen.MAX_USERS) {
        break;
      }
      Boolean here = moves.remove(userId);
      if (here != null) {
        moved.add(userId);
        if (!here) {
          left.add(new RecordLastSeen.Seen(userId, now));
        }
      }
    }
    Future<?> noted =
        left.isEmpty()
            ? Future.succeededFuture()
            : services.call(UmsOperations.USERS_SEEN, Caller.SERVICE, new RecordLastSeen(left));
    noted
        .onFailure(failure -> LOG.warn("When users left was not noted: {}", failure.getMessage()))
        .onComplete(
            done -> {
              telling = false;
              vertx
                  .eventBus()
                  .publish(Catalogue.PRESENCE_MOVED.address(), new PresenceChanged(moved));
            });
  }

  private void handleMoved(List<String> userIds) {
    for (String userId : userIds) {
      if (watchersByUser.containsKey(userId)) {
        toLookAt.add(userId);
      }
    }
  }

  /** One round at a time: what changes meanwhile is looked at in the next. */
  private void lookAgain() {
    if (looking || toLookAt.isEmpty()) {
      return;
    }
    looking = true;
    Map<ClientSession, List<String>> bySession = new HashMap<>();
    for (String userId : toLookAt) {
      for (ClientSession session : watchersByUser.getOrDefault(userId, Set.of())) {
        bySession.computeIfAbsent(session, key -> new ArrayList<>()).add(userId);
      }
    }
    toLookAt.clear();
    List<Future<?>> looks = new ArrayList<>();
    bySession.forEach((session, userIds) -> looks.add(lookFor(session, userIds)));
    Future.join(looks).onComplete(done -> looking = false);
  }

  private Future<?> lookFor(ClientSession session, List<String> userIds) {
    Watch watch = watches.get(session);
    if (watch == null) {
      return Future.succeededFuture();
    }
    return hub.look(watch.who(), userIds)
        .onSuccess(found -> found.users().forEach(presence -> tell(session, watch, presence)))
        .onFailure(
            failure -> {
              LOG.debug("Who is online could not be seen", failure);
              toLookAt.addAll(userIds);
            });
  }

  private void tell(ClientSession session, Watch watch, Presence presence) {
    @Nullable Presence before = watch.told().replace(presence.userId(), presence);
    if (before == null || before.online() == presence.online() || watches.get(session) != watch) {
      return;
    }
    byte[] event = Json.write(PresenceEvent.of(presence));
    byte[][] frames = {Frames.message(session.style(), Frames.INBOX, event)};
    session.loop().deliver(session, frames);
  }
}
