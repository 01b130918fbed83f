package chat.jovial.ums.account;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.FoundUsers;
import chat.jovial.contract.ums.Profile;
import chat.jovial.ums.store.MongoErrors;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Registry of the users of all apps. Each key that is unique within an app begins with the app's
 * id, and what is found by user_id is shown only to the app that it belongs to: no app can see
 * another's users.
 */
public final class Users {
  private static final String USERNAME_KEY = "username_key";
  private static final String EXTERNAL_KEY = "external_key";

  private final MongoClient mongo;
  private final Supplier<String> newId;
  private final Clock clock;

  public Users(MongoClient mongo, Supplier<String> newId, Clock clock) {
    this.mongo = mongo;
    this.newId = newId;
    this.clock = clock;
  }

  /** Adds a user; the unique index decides when two take the same name at once. */
  public Future<User> add(
      String appId, @Nullable String username, String passwordHash, @Nullable Profile profile) {
    User user = new User(newId.get(), appId, username, passwordHash, profile, now());
    JsonObject document = user.toDocument();
    if (username != null) {
      document.put(USERNAME_KEY, keyIn(appId, Usernames.key(username)));
    }
    return mongo
        .insert(UmsSchema.USERS, document)
        .map(user)
        .recover(
            failure ->
                Future.failedFuture(MongoErrors.isDuplicate(failure) ? nameTaken() : failure));
  }

  /** Whether the name is free; only a hint, for it may be taken a moment later. */
  public Future<Void> checkFree(String appId, String username) {
    return findByUsername(appId, username)
        .compose(
            taken -> taken == null ? Future.succeededFuture() : Future.failedFuture(nameTaken()));
  }

  public Future<@Nullable User> findById(String appId, String userId) {
    return one(UmsSchema.byId(userId))
        .map(user -> user != null && user.appId().equals(appId) ? user : null);
  }

  Future<@Nullable User> findByUsername(String appId, String username) {
    return one(new JsonObject().put(USERNAME_KEY, keyIn(appId, Usernames.key(username))));
  }

  /** The user with the app's own id, made now if new; a given profile replaces the old one. */
  Future<User> ofExternalId(String appId, String externalId, @Nullable Profile profile) {
    JsonObject query = new JsonObject().put(EXTERNAL_KEY, keyIn(appId, externalId));
    return one(query)
        .compose(
            known -> {
              if (known != null) {
                return withProfile(known, profile);
              }
              User user = new User(newId.get(), appId, null, null, profile, now());
              return mongo
                  .insert(UmsSchema.USERS, user.toDocument().mergeIn(query))
                  .map(user)
                  .recover(
                      failure ->
                          // Somebody else made the user in between.
                          MongoErrors.isDuplicate(failure)
                              ? one(query).map(Objects::requireNonNull)
                              : Future.failedFuture(failure));
            });
  }

  public Future<FoundUsers> find(String appId, FindUsers wanted) {
    Future<List<User>> users;
    if (wanted.username() != null) {
      users =
          findByUsername(appId, wanted.username()).map(user -> Stream.ofNullable(user).toList());
    } else if (wanted.query() != null) {
      users = findByPrefix(appId, wanted.query(), Objects.requireNonNull(wanted.limit()));
    } else {
      users = findByIds(appId, Objects.requireNonNull(wanted.userIds()));
    }
    return users.map(found -> new FoundUsers(found.stream().map(User::forOthers).toList()));
  }

  private Future<List<User>> findByPrefix(String appId, String prefix, int limit) {
    String key = Usernames.key(prefix);
    if (!Usernames.isPrefixKey(key)) {
      return Future.succeededFuture(List.of());
    }
    // Anchored and without special characters: MongoDB turns it into a range of its index.
    String pattern = "^" + keyIn(appId, key).replace(".", "\\.");
    JsonObject query = new JsonObject().put(USERNAME_KEY, new JsonObject().put("$regex", pattern));
    return mongo
        .findWithOptions(
            UmsSchema.USERS,
            query,
            new FindOptions().setSort(new JsonObject().put(USERNAME_KEY, 1)).setLimit(limit))
        .map(documents -> documents.stream().map(User::of).toList());
  }

  /** Those of them who are users of the app. */
  Future<List<User>> findByIds(String appId, List<String> userIds) {
    JsonObject query =
        new JsonObject().put(UmsSchema.ID, new JsonObject().put("$in", new JsonArray(userIds)));
    return mongo
        .find(UmsSchema.USERS, query)
        .map(
            documents ->
                documents.stream()
                    .map(User::of)
                    .filter(user -> user.appId().equals(appId))
                    .toList());
  }

  private Future<User> withProfile(User user, @Nullable Profile profile) {
    if (profile == null || profile.equals(user.profile())) {
      return Future.succeededFuture(user);
    }
    JsonObject change = new JsonObject().put(User.PROFILE, User.profileDocument(profile));
    return mongo
        .updateCollection(
            UmsSchema.USERS, UmsSchema.byId(user.userId()), new JsonObject().put("$set", change))
        .map(done -> user.with(profile));
  }

  /**
   * Replaces those fields of the profile that are given and removes those that are given as null;
   * each by itself, so that two changes of different fields at once are both kept.
   */
  Future<User> changeProfile(User user, Map<String, @Nullable String> fields) {
    JsonObject set = new JsonObject();
    JsonObject unset = new JsonObject();
    for (String field : User.PROFILE_FIELDS) {
      if (fields.containsKey(field)) {
        String value = fields.get(field);
        String path = User.PROFILE + "." + field;
        if (value == null) {
          unset.put(path, "");
        } else {
          set.put(path, value);
        }
      }
    }
    JsonObject change = new JsonObject();
    // An update without anything to do is an error to MongoDB.
    if (!set.isEmpty()) {
      change.put("$set", set);
    }
    if (!unset.isEmpty()) {
      change.put("$unset", unset);
    }
    if (change.isEmpty()) {
      return Future.succeededFuture(user);
    }
    return mongo
        .findOneAndUpdateWithOptions(
            UmsSchema.USERS,
            UmsSchema.byId(user.userId()),
            change,
            new FindOptions(),
            new UpdateOptions().setReturningNewDocument(true))
        .compose(
            after ->
                after == null
                    ? Future.failedFuture(unknown())
                    : Future.succeededFuture(User.of(after)));
  }

  private Future<@Nullable User> one(JsonObject query) {
    return mongo
        .findOne(UmsSchema.USERS, query, null)
        .map(document -> document == null ? null : User.of(document));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static String keyIn(String appId, String key) {
    return appId + "/" + key;
  }

  public static JovialException unknown() {
    return JovialException.notFound("there is no such user in this app");
  }

  private static JovialException nameTaken() {
    return JovialException.conflict("this username is taken; choose another");
  }
}
