package chat.jovial.edge.presence;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.MssOperations;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mss.Contacts;
import chat.jovial.contract.mss.ListContacts;
import chat.jovial.contract.presence.Presence;
import chat.jovial.contract.presence.Presences;
import chat.jovial.contract.ums.GetPresencePreferences;
import chat.jovial.contract.ums.PresencePreference;
import chat.jovial.contract.ums.PresencePreferences;
import chat.jovial.edge.operations.Identity;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reader of who is online, as one user may see it: the directory knows where devices are, UMS what
 * each user chose and when they were last seen, MSS who has a conversation with whom. Any thread.
 */
public final class PresenceReader {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ServiceClient services;
  private final DeviceDirectory directory;

  public PresenceReader(ServiceClient services, DeviceDirectory directory) {
    this.services = services;
    this.directory = directory;
  }

  /** One for each of the users, in their order; at most {@code WatchPresence.MAX_USERS}. */
  Future<Presences> read(Identity who, List<String> userIds) {
    if (userIds.isEmpty()) {
      return Future.succeededFuture(new Presences(List.of()));
    }
    return services
        .call(
            UmsOperations.USERS_PRESENCE,
            Caller.SERVICE,
            new GetPresencePreferences(who.appId(), userIds))
        .compose(
            preferences ->
                visible(who, preferences)
                    .compose(
                        seen ->
                            directory
                                .nodesOf(seen)
                                .map(nodes -> answer(userIds, preferences, seen, nodes))))
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof JovialException
                        ? failure
                        : JovialException.tryAgain("who is online cannot be seen now", RETRY)));
  }

  private Future<Set<String>> visible(Identity who, PresencePreferences preferences) {
    Set<String> visible = new HashSet<>();
    Set<String> ifContact = new HashSet<>();
    for (PresencePreference user : preferences.users()) {
      if (user.userId().equals(who.userId())
          || user.presence().equals(PresencePreference.EVERYONE)) {
        visible.add(user.userId());
      } else if (user.presence().equals(PresencePreference.CONTACTS)) {
        ifContact.add(user.userId());
      }
    }
    if (ifContact.isEmpty()) {
      return Future.succeededFuture(visible);
    }
    return services
        .call(
            MssOperations.CONTACTS,
            Caller.SERVICE,
            new ListContacts(who.userId(), List.copyOf(ifContact)))
        .map(Contacts::userIds)
        .map(
            contacts -> {
              visible.addAll(contacts);
              return visible;
            });
  }

  private static Presences answer(
      List<String> userIds,
      PresencePreferences preferences,
      Set<String> visible,
      Map<String, List<String>> nodes) {
    Set<String> online = new HashSet<>();
    nodes.values().forEach(online::addAll);
    Map<String, PresencePreference> known = new HashMap<>();
    preferences.users().forEach(user -> known.put(user.userId(), user));
    return new Presences(
        userIds.stream()
            .map(
                userId -> {
                  PresencePreference user = known.get(userId);
                  return user == null || !visible.contains(userId)
                      ? Presence.hidden(userId)
                      : new Presence(userId, online.contains(userId), user.lastSeen());
                })
            .toList());
  }
}
