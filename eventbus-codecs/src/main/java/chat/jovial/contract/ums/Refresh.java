package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record Refresh(
    String refreshToken,
    @Doc(
            "True if this was sent before and the reply may have been lost: gives the same tokens again"
                + " for some seconds, where else the session would be ended.")
        @Nullable Boolean retry)
    implements Request {
  public Refresh(String refreshToken) {
    this(refreshToken, null);
  }

  public Refresh {
    Checks.checkText("refresh_token", refreshToken, 4096);
  }

  @Override
  public String toString() {
    return "Refresh[]";
  }
}
