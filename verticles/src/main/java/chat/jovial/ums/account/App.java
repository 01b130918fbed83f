package chat.jovial.ums.account;

import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.json.JsonObject;

/**
 * A registered app.
 *
 * @param secretHash Argon2id
 * @param secretCheck a few bits of another hash, to turn most wrong secrets away cheaply
 * @param secretVersion which secret this is; an app_key is good for one version only
 */
public record App(
    String appId, String name, String secretHash, String secretCheck, int secretVersion) {

  public static App of(JsonObject document) {
    return new App(
        document.getString(UmsSchema.ID),
        document.getString("name"),
        document.getString("secret_hash"),
        document.getString("secret_check"),
        document.getInteger("secret_version"));
  }

  public JsonObject toDocument() {
    return UmsSchema.byId(appId)
        .put("name", name)
        .put("secret_hash", secretHash)
        .put("secret_check", secretCheck)
        .put("secret_version", secretVersion);
  }

  @Override
  public String toString() {
    return "App[" + appId + "]";
  }
}
