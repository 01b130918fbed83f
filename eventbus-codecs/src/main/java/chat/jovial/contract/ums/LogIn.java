package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record LogIn(
    @Doc("Or the header X-App-Key over HTTP.") String appKey,
    @Doc("Either this or user_id.") @Nullable String username,
    @Nullable String userId,
    String password,
    @Doc("This device's id from an earlier login, to go on with its session; else a new one.")
        @Nullable String deviceId,
    @Doc("A name for the list of sessions, such as 'Firefox on Linux'.") @Nullable String userAgent,
    @Doc(
            "From the latest login on that device. With it a right password is accepted although"
                + " others have guessed wrong ones.")
        @Nullable String deviceSecret)
    implements Request {
  public LogIn {
    Checks.checkText("app_key", appKey, 4096);
    Checks.checkOptionalText("username", username, 64);
    Checks.checkOptionalText("user_id", userId, Ids.MAX_LENGTH);
    if ((username == null) == (userId == null)) {
      throw JovialException.invalid("give either username or user_id");
    }
    Checks.checkText("password", password, 256);
    Checks.checkOptionalText("device_id", deviceId, Ids.MAX_LENGTH);
    Checks.checkOptionalText("user_agent", userAgent, 200);
    Checks.checkOptionalText("device_secret", deviceSecret, 100);
  }

  /** On a device that has no secret. */
  public LogIn(
      String appKey,
      @Nullable String username,
      @Nullable String userId,
      String password,
      @Nullable String deviceId,
      @Nullable String userAgent) {
    this(appKey, username, userId, password, deviceId, userAgent, null);
  }

  @Override
  public String toString() {
    return "LogIn[username=" + username + ", userId=" + userId + "]";
  }
}
