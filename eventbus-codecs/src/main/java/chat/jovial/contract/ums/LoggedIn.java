package chat.jovial.contract.ums;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@WireName("LoggedIn")
public record LoggedIn(
    @Doc("A signed web token that every service accepts until expires_at.") String userToken,
    @Doc("Gives the next tokens, once; keep it secret.") String refreshToken,
    Instant expiresAt,
    String userId,
    String deviceId,
    @Doc("After a login, for the next one on this device; keep it secret.")
        @Nullable String deviceSecret)
    implements Reply {
  /** After a refresh. */
  public LoggedIn(
      String userToken, String refreshToken, Instant expiresAt, String userId, String deviceId) {
    this(userToken, refreshToken, expiresAt, userId, deviceId, null);
  }

  @Override
  public String toString() {
    return "LoggedIn[userId=" + userId + ", deviceId=" + deviceId + "]";
  }
}
