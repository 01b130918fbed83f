package chat.jovial.client.connection;

import chat.jovial.client.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Claims of a user token. Only the server can verify it; a client reads it to know whose it is
 * while offline, and when to renew it.
 */
public record Claims(
    @Nullable String userId, @Nullable String deviceId, @Nullable Instant expiresAt) {

  /** All null if it cannot be read. */
  public static Claims of(String userToken) {
    try {
      String[] parts = userToken.split("\\.", -1);
      JsonNode json = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      Long expires = Json.number(json, "exp");
      return new Claims(
          Json.text(json, "sub"),
          Json.text(json, "device_id"),
          expires == null ? null : Instant.ofEpochSecond(expires));
    } catch (IOException | RuntimeException e) {
      return new Claims(null, null, null);
    }
  }
}
