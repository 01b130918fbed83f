package chat.jovial.client.log;

import chat.jovial.client.connection.Claims;
import chat.jovial.client.connection.TokenKeeper;
import chat.jovial.client.json.Json;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.Store;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tokens in the local store. They are renewed while the app runs, and a refresh token may be used
 * once: what the app was given at its login may be stale by the next start.
 */
public final class StoredTokens {
  private static final String TOKENS = "tokens";
  private static final String GIVEN = "tokens_given";
  private static final String USER = "user_id";

  private final Store store;

  public StoredTokens(Store store) {
    this.store = store;
  }

  /**
   * The newest tokens: the stored ones if they came from those given, else those given.
   *
   * @throws IllegalArgumentException if the store belongs to another user
   */
  public @Nullable Tokens newest(@Nullable Tokens given) {
    String json = store.setting(TOKENS);
    Tokens stored = json == null ? null : TokenKeeper.read(Json.read(json));
    if (given == null) {
      return stored;
    }
    String user = userOf(given);
    String owner = store.setting(USER);
    if (owner != null && user != null && !owner.equals(user)) {
      throw new IllegalArgumentException(
          "This local store is that of user " + owner + ", the tokens are those of " + user + ".");
    }
    String mark = markOf(given);
    if (stored != null && mark.equals(store.setting(GIVEN))) {
      return stored;
    }
    store.putSetting(GIVEN, mark);
    put(given);
    return given;
  }

  /** Whose store this is; null if nobody's yet. */
  public @Nullable String userId() {
    return store.setting(USER);
  }

  public void put(Tokens tokens) {
    ObjectNode json = Json.object().put("user_token", tokens.userToken());
    Json.putText(json, "refresh_token", tokens.refreshToken());
    Instant expiresAt = tokens.expiresAt();
    Json.putText(json, "expires_at", expiresAt == null ? null : expiresAt.toString());
    Json.putText(json, "user_id", tokens.userId());
    Json.putText(json, "device_id", tokens.deviceId());
    store.putSetting(TOKENS, json.toString());
    String user = userOf(tokens);
    if (user != null) {
      store.putSetting(USER, user);
    }
  }

  private static @Nullable String userOf(Tokens tokens) {
    return tokens.userId() != null ? tokens.userId() : Claims.of(tokens.userToken()).userId();
  }

  private static String markOf(Tokens given) {
    String refresh = given.refreshToken();
    return refresh == null ? given.userToken() : refresh;
  }
}
