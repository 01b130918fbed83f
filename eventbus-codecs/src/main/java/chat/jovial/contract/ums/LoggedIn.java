package chat.jovial.contract.ums;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;

@WireName("LoggedIn")
public record LoggedIn(
    @Doc("A signed web token that every service accepts until expires_at.") String userToken,
    @Doc("Gives the next tokens, once; keep it secret.") String refreshToken,
    Instant expiresAt,
    String userId,
    String deviceId)
    implements Reply {
  @Override
  public String toString() {
    return "LoggedIn[userId=" + userId + ", deviceId=" + deviceId + "]";
  }
}
