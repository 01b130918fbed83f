package chat.jovial.contract.session;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record OpenSession(
    @Doc("From ums.user.login, .refresh or .token.") String userToken,
    @Doc("If given, must be the device that the token was made for.") @Nullable String deviceId)
    implements Request {
  public OpenSession {
    Checks.checkText("user_token", userToken, 4096);
    Checks.checkOptionalText("device_id", deviceId, Ids.MAX_LENGTH);
  }

  @Override
  public String toString() {
    return "OpenSession[deviceId=" + deviceId + "]";
  }
}
