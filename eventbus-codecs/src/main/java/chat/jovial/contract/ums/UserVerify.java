package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;

public record UserVerify(String userToken) implements Request {
  public UserVerify {
    Checks.checkText("user_token", userToken, 4096);
  }

  @Override
  public String toString() {
    return "UserVerify[]";
  }
}
