package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;

public record AppVerify(String appKey) implements Request {
  public AppVerify {
    Checks.checkText("app_key", appKey, 4096);
  }
}
