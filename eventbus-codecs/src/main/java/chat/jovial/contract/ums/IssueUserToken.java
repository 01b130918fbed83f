package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record IssueUserToken(
    String appId,
    String appSecret,
    @Doc("The app's own id of the user; at most 200 characters.") String externalId,
    @Nullable Profile profile,
    @Doc("The user's device_id from an earlier call, to go on with its session; else a new one.")
        @Nullable String deviceId)
    implements Request {
  public IssueUserToken {
    Checks.checkText("app_id", appId, Ids.MAX_LENGTH);
    Checks.checkText("app_secret", appSecret, 200);
    Checks.checkText("external_id", externalId, 200);
    Checks.checkOptionalText("device_id", deviceId, Ids.MAX_LENGTH);
  }

  /** For a new device. */
  public IssueUserToken(
      String appId, String appSecret, String externalId, @Nullable Profile profile) {
    this(appId, appSecret, externalId, profile, null);
  }

  @Override
  public String toString() {
    return "IssueUserToken[appId=" + appId + ", externalId=" + externalId + "]";
  }
}
