package chat.jovial.contract.ums;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record GetAccount(
    @Doc("Another user of the same app; else the caller.") @Nullable String userId)
    implements Request {
  public GetAccount {
    Checks.checkOptionalText("user_id", userId, Ids.MAX_LENGTH);
  }
}
