package chat.jovial.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens of a device session, which prove who the user is. Its text form shows none of it. */
public record Tokens(
    String userToken,
    @Nullable String refreshToken,
    @Nullable Instant expiresAt,
    @Nullable String userId,
    @Nullable String deviceId) {

  /** Tokens of which only the texts are known. */
  public static Tokens of(String userToken, @Nullable String refreshToken) {
    return new Tokens(userToken, refreshToken, null, null, null);
  }

  @Override
  public String toString() {
    return "Tokens[user " + userId + ", device " + deviceId + ", until " + expiresAt + "]";
  }
}
