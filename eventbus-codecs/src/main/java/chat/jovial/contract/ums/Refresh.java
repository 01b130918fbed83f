package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Request;

public record Refresh(String refreshToken) implements Request {
  public Refresh {
    Checks.checkText("refresh_token", refreshToken, 4096);
  }

  @Override
  public String toString() {
    return "Refresh[]";
  }
}
