package chat.jovial.ums.account;

import chat.jovial.contract.Caller;
import chat.jovial.contract.ums.Account;
import chat.jovial.contract.ums.GetPresencePreferences;
import chat.jovial.contract.ums.PresencePreference;
import chat.jovial.contract.ums.PresencePreferences;
import chat.jovial.contract.ums.Profile;
import chat.jovial.contract.ums.UpdateAccount;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Profiles and preferences of accounts: all of them for the user, a part for others of the same
 * app.
 */
public final class AccountDetails {
  private static final Profile NOTHING_TOLD = new Profile(null, null, null, null);

  private final Users users;
  private final Preferences preferences;
  private final LastSeen lastSeen;

  public AccountDetails(Users users, Preferences preferences, LastSeen lastSeen) {
    this.users = users;
    this.preferences = preferences;
    this.lastSeen = lastSeen;
  }

  public Future<Account> get(Caller caller, @Nullable String userId) {
    String own = caller.requireUser();
    if (userId == null || userId.equals(own)) {
      return require(caller.requireApp(), own)
          .compose(user -> preferences.of(own).map(prefers -> full(user, prefers)));
    }
    return require(caller.requireApp(), userId).map(AccountDetails::forOthers);
  }

  public Future<Account> update(Caller caller, UpdateAccount request) {
    return require(caller.requireApp(), caller.requireUser())
        .compose(
            user ->
                changePreferences(user, request.preferences())
                    .compose(
                        prefers ->
                            changeProfile(user, request.profile())
                                .map(changed -> full(changed, prefers))));
  }

  public Future<PresencePreferences> presence(GetPresencePreferences query) {
    Future<List<User>> existing = users.findByIds(query.appId(), query.userIds());
    Future<Map<String, String>> chosen = preferences.presenceOf(query.userIds());
    Future<Map<String, Instant>> seen = lastSeen.of(query.userIds());
    return Future.all(existing, chosen, seen)
        .map(
            all ->
                new PresencePreferences(
                    existing.result().stream()
                        .map(user -> presence(user.userId(), chosen.result(), seen.result()))
                        .toList()));
  }

  private static PresencePreference presence(
      String userId, Map<String, String> chosen, Map<String, Instant> seen) {
    return new PresencePreference(
        userId, chosen.getOrDefault(userId, PresencePreference.EVERYONE), seen.get(userId));
  }

  private Future<User> require(String appId, String userId) {
    return users
        .findById(appId, userId)
        .compose(
            user ->
                user == null ? Future.failedFuture(Users.unknown()) : Future.succeededFuture(user));
  }

  private Future<Map<String, String>> changePreferences(
      User user, @Nullable Map<String, @Nullable String> changes) {
    return changes == null ? preferences.of(user.userId()) : preferences.change(user, changes);
  }

  private Future<User> changeProfile(User user, @Nullable Map<String, @Nullable String> changes) {
    return changes == null ? Future.succeededFuture(user) : users.changeProfile(user, changes);
  }

  private static Account full(User user, Map<String, String> preferences) {
    Profile profile = user.profile() == null ? NOTHING_TOLD : user.profile();
    return new Account(user.userId(), user.username(), profile, preferences, user.createdAt());
  }

  private static Account forOthers(User user) {
    Profile profile = user.profile() == null ? NOTHING_TOLD : user.profile().forOthers();
    return new Account(user.userId(), user.username(), profile, null, user.createdAt());
  }
}
