package chat.jovial.edge.presence;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.presence.Presence;
import chat.jovial.contract.presence.PresenceChanged;
import chat.jovial.contract.presence.PresenceEvent;
import chat.jovial.contract.presence.Presences;
import chat.jovial.contract.presence.WatchPresence;
import chat.jovial.contract.ums.RecordLastSeen;
import chat.jovial.edge.frames.Frames;
import chat.jovial.edge.operations.ClientCall;
import chat.jovial.edge.operations.ConnectionContext;
import chat.jovial.edge.operations.Identity;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Subscriptions of this node's connections to the presence of others. When the first device of a
 * user comes to a node, or the last one leaves it, that node's edge records when it was, then
 * publishes the change; an edge that has subscribers of that user reads the presence again and
 * sends it to those for whom it has changed. Confined to the event loop of this verticle, but for
 * {@link #onDeviceCountChanged}, {@link #subscription} and {@link #refreshAll}.
 *
 * <p>Presence is read again for each subscriber, so that a choice not to be seen holds from the
 * next change on.
 */
public final class PresenceSubscriptions extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceSubscriptions.class);

  /** Changes in between are published together; who comes back this soon was never offline. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** Watched users over all connections of a node, about 200 bytes each. */
  private static final int MAX_WATCHED = 500_000;

  /** What a connection subscribed to, and what it was sent last. */
  private record Subscription(Identity who, Map<String, Presence> sent) {}

  private final PresenceReader reader;
  private final ServiceClient services;
  private final Clock clock;

  /** Came or left since the last period; at most one for each user with a connection. */
  private final Map<String, Boolean> changes = new ConcurrentHashMap<>();

  private final Map<ConnectionContext, Subscription> subscriptions = new HashMap<>();
  private final Map<String, Set<ConnectionContext>> subscribersByUser = new HashMap<>();
  private final Set<String> toRefresh = new HashSet<>();
  private int subscribed;
  private boolean refreshing;
  private boolean publishing;

  public PresenceSubscriptions(PresenceReader reader, ServiceClient services, Clock clock) {
    this.reader = reader;
    this.services = services;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(
        PERIOD.toMillis(),
        tick -> {
          publishChanges();
          refresh();
        });
    return vertx
        .eventBus()
        .<PresenceChanged>consumer(
            Catalogue.PRESENCE_MOVED.address(), message -> handleChanged(message.body().userIds()))
        .completion();
  }

  /** A user's first device came to this node, or the last one left it. Any thread. */
  public void onDeviceCountChanged(String userId, boolean online) {
    changes.put(userId, online);
  }

  /** All that is watched may have changed: nodes came or went. Any thread. */
  public void refreshAll() {
    context.runOnContext(now -> toRefresh.addAll(subscribersByUser.keySet()));
  }

  /**
   * Handler of {@code presence.watch}: answers, and sends changes to a connection of that user. Any
   * thread.
   */
  public Future<Presences> watch(ClientCall call, WatchPresence request) {
    Identity who = Objects.requireNonNull(call.identity());
    ConnectionContext connection = call.connection();
    Identity bound = connection == null ? null : connection.identity();
    if (connection == null || bound == null || !bound.isSamePartyAs(who)) {
      return reader.read(who, request.userIds());
    }
    connection.onUnbound(() -> context.runOnContext(now -> end(connection)));
    Promise<Presences> answer = Promise.promise();
    context.runOnContext(now -> begin(connection, who, request.userIds()).onComplete(answer));
    return answer.future();
  }

  private Future<Presences> begin(
      ConnectionContext subscriber, Identity who, List<String> userIds) {
    end(subscriber);
    if (subscribed + userIds.size() > MAX_WATCHED) {
      return Future.failedFuture(
          JovialException.tryAgain("too many users are watched here", Duration.ofSeconds(10)));
    }
    Subscription subscription = new Subscription(who, new LinkedHashMap<>());
    subscriptions.put(subscriber, subscription);
    subscribed += userIds.size();
    for (String userId : userIds) {
      subscription.sent().put(userId, Presence.hidden(userId));
      subscribersByUser.computeIfAbsent(userId, key -> new HashSet<>()).add(subscriber);
    }
    return reader
        .read(who, userIds)
        .onSuccess(
            found ->
                found.users().forEach(user -> subscription.sent().replace(user.userId(), user)))
        .onFailure(failure -> end(subscriber));
  }

  private void end(ConnectionContext subscriber) {
    Subscription subscription = subscriptions.remove(subscriber);
    if (subscription == null) {
      return;
    }
    subscribed -= subscription.sent().size();
    for (String userId : subscription.sent().keySet()) {
      subscribersByUser.computeIfPresent(
          userId,
          (key, subscribers) -> {
            subscribers.remove(subscriber);
            return subscribers.isEmpty() ? null : subscribers;
          });
    }
  }

  /** Records before it publishes, so that a reader of the event finds the new state. */
  private void publishChanges() {
    if (publishing || changes.isEmpty()) {
      return;
    }
    publishing = true;
    Instant now = clock.instant();
    List<String> changed = new ArrayList<>();
    List<RecordLastSeen.Seen> left = new ArrayList<>();
    for (String userId : changes.keySet()) {
      if (changed.size() == RecordLastSeen.MAX_USERS) {
        break;
      }
      Boolean online = changes.remove(userId);
      if (online != null) {
        changed.add(userId);
        if (!online) {
          left.add(new RecordLastSeen.Seen(userId, now));
        }
      }
    }
    Future<?> recorded =
        left.isEmpty()
            ? Future.succeededFuture()
            : services.call(UmsOperations.USERS_SEEN, Caller.SERVICE, new RecordLastSeen(left));
    recorded
        .onFailure(
            failure -> LOG.warn("When users left was not recorded: {}", failure.getMessage()))
        .onComplete(
            done -> {
              publishing = false;
              vertx
                  .eventBus()
                  .publish(Catalogue.PRESENCE_MOVED.address(), new PresenceChanged(changed));
            });
  }

  private void handleChanged(List<String> userIds) {
    for (String userId : userIds) {
      if (subscribersByUser.containsKey(userId)) {
        toRefresh.add(userId);
      }
    }
  }

  /** One round at a time: what changes meanwhile is looked at in the next. */
  private void refresh() {
    if (refreshing || toRefresh.isEmpty()) {
      return;
    }
    refreshing = true;
    Map<ConnectionContext, List<String>> byConnection = new HashMap<>();
    for (String userId : toRefresh) {
      for (ConnectionContext subscriber : subscribersByUser.getOrDefault(userId, Set.of())) {
        byConnection.computeIfAbsent(subscriber, key -> new ArrayList<>()).add(userId);
      }
    }
    toRefresh.clear();
    List<Future<?>> reads = new ArrayList<>();
    byConnection.forEach((subscriber, userIds) -> reads.add(refreshFor(subscriber, userIds)));
    Future.join(reads).onComplete(done -> refreshing = false);
  }

  private Future<?> refreshFor(ConnectionContext subscriber, List<String> userIds) {
    Subscription subscription = subscriptions.get(subscriber);
    if (subscription == null) {
      return Future.succeededFuture();
    }
    return reader
        .read(subscription.who(), userIds)
        .onSuccess(
            found -> found.users().forEach(presence -> send(subscriber, subscription, presence)))
        .onFailure(
            failure -> {
              LOG.debug("Who is online could not be seen", failure);
              toRefresh.addAll(userIds);
            });
  }

  private void send(ConnectionContext subscriber, Subscription subscription, Presence presence) {
    @Nullable Presence before = subscription.sent().replace(presence.userId(), presence);
    if (before == null
        || before.online() == presence.online()
        || subscriptions.get(subscriber) != subscription) {
      return;
    }
    subscriber.deliver(new byte[][] {Frames.event(subscriber.style(), PresenceEvent.of(presence))});
  }
}
