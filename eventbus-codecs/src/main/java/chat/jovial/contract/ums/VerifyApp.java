package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;

public record VerifyApp(String appKey) implements Request {
  public VerifyApp {
    Checks.checkText("app_key", appKey, 4096);
  }
}
