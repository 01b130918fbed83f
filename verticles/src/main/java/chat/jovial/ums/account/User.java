package chat.jovial.ums.account;

import chat.jovial.contract.ums.FoundUser;
import chat.jovial.contract.ums.Profile;
import chat.jovial.ums.store.MongoTimes;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of an app.
 *
 * @param passwordHash null for users whom the app authenticates itself
 */
public record User(
    String userId,
    String appId,
    @Nullable String username,
    @Nullable String passwordHash,
    @Nullable Profile profile,
    Instant createdAt) {
  public static final String PROFILE = "profile";
  public static final List<String> PROFILE_FIELDS = List.of("name", "email", "phone", "address");
  private static final String CREATED_AT = "created_at";

  public static User of(JsonObject document) {
    JsonObject profile = document.getJsonObject(PROFILE);
    return new User(
        document.getString(UmsSchema.ID),
        document.getString("app_id"),
        document.getString("username"),
        document.getString("password_hash"),
        profile == null
            ? null
            : new Profile(
                profile.getString("name"),
                profile.getString("email"),
                profile.getString("phone"),
                profile.getString("address")),
        MongoTimes.instant(document, CREATED_AT));
  }

  public JsonObject toDocument() {
    JsonObject document =
        UmsSchema.byId(userId).put("app_id", appId).put(CREATED_AT, MongoTimes.date(createdAt));
    putIfPresent(document, "username", username);
    putIfPresent(document, "password_hash", passwordHash);
    if (profile != null) {
      document.put(PROFILE, profileDocument(profile));
    }
    return document;
  }

  static JsonObject profileDocument(Profile profile) {
    JsonObject document = new JsonObject();
    putIfPresent(document, "name", profile.name());
    putIfPresent(document, "email", profile.email());
    putIfPresent(document, "phone", profile.phone());
    putIfPresent(document, "address", profile.address());
    return document;
  }

  public User with(Profile changed) {
    return new User(userId, appId, username, passwordHash, changed, createdAt);
  }

  /** What other users of the app may see. */
  public FoundUser forOthers() {
    return new FoundUser(userId, username, profile == null ? null : profile.forOthers());
  }

  @Override
  public String toString() {
    return "User[" + userId + "]";
  }

  private static void putIfPresent(JsonObject document, String field, @Nullable String value) {
    if (value != null) {
      document.put(field, value);
    }
  }
}
