package chat.jovial.ums;

import chat.jovial.contract.ums.FoundUser;
import chat.jovial.contract.ums.Profile;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A user of an app.
 *
 * @param passwordHash null for users whom the app authenticates itself
 */
record User(
    String userId,
    String appId,
    @Nullable String username,
    @Nullable String passwordHash,
    @Nullable Profile profile) {

  static User of(JsonObject document) {
    JsonObject profile = document.getJsonObject("profile");
    return new User(
        document.getString(Store.ID),
        document.getString("app_id"),
        document.getString("username"),
        document.getString("password_hash"),
        profile == null
            ? null
            : new Profile(
                profile.getString("name"),
                profile.getString("email"),
                profile.getString("phone"),
                profile.getString("address")));
  }

  JsonObject toDocument() {
    JsonObject document = Store.byId(userId).put("app_id", appId);
    putIfPresent(document, "username", username);
    putIfPresent(document, "password_hash", passwordHash);
    if (profile != null) {
      document.put("profile", profileDocument(profile));
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

  /** What other users of the app may see. */
  FoundUser forOthers() {
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
