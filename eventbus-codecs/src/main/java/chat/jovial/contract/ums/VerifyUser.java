package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;

public record VerifyUser(String userToken) implements Request {
  public VerifyUser {
    Checks.checkText("user_token", userToken, 4096);
  }

  @Override
  public String toString() {
    return "VerifyUser[]";
  }
}
