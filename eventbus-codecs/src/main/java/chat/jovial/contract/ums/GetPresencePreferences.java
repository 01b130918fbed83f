package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;
import java.util.List;

/** Who of an app's users exists, and to whom they show whether they are online. */
public record GetPresencePreferences(String appId, List<String> userIds) implements Request {
  public static final int MAX_USERS = 200;

  public GetPresencePreferences {
    Checks.checkPresent("app_id", appId);
    userIds = Checks.checkList("user_ids", userIds, MAX_USERS);
  }
}
