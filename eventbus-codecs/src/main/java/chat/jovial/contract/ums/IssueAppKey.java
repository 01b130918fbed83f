package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;

public record IssueAppKey(String appId, String appSecret) implements Request {
  public IssueAppKey {
    Checks.checkText("app_id", appId, Ids.MAX_LENGTH);
    Checks.checkText("app_secret", appSecret, 200);
  }

  @Override
  public String toString() {
    return "IssueAppKey[appId=" + appId + "]";
  }
}
