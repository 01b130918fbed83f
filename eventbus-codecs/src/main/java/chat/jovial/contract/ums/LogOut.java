package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record LogOut(
    @Doc("Another device of the same user; else this one.") @Nullable String deviceId)
    implements Request {
  public LogOut {
    Checks.checkOptionalText("device_id", deviceId, Ids.MAX_LENGTH);
  }
}
