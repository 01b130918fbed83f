package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import org.jspecify.annotations.Nullable;

/** To whom a message goes. */
public record Recipient(@Doc("A user of the same app.") @Nullable String userId) {
  public Recipient {
    Checks.checkOptionalText("to.user_id", userId, Ids.MAX_LENGTH);
    if (userId == null) {
      throw JovialException.invalid("to.user_id is missing");
    }
  }

  /** The user meant. */
  public String requireUserId() {
    return Checks.checkPresent("to.user_id", userId);
  }
}
