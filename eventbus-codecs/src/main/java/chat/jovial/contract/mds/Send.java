package chat.jovial.contract.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.HasClientId;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record Send(
    Recipient to,
    @Doc(
            "Any string up to 64 characters, unique per sender and conversation; use a UUIDv7. The"
                + " same again gives the same seq and stores nothing.")
        @Nullable String clientId,
    @Doc("A hint that this may have been sent before; nothing depends on it.")
        @Nullable Boolean retry,
    @Doc(
            "{type: \"text\", text}, a file, a location, a custom body or another type with its own"
                + " fields.")
        Body body,
    @Doc("The seq that this answers.") @Nullable Long replyTo,
    @Doc("Seconds until the body goes away; at most a year.") @Nullable Long expiresIn)
    implements Request, HasClientId {
  public static final int MAX_CLIENT_ID_CHARACTERS = 64;
  private static final long MAX_EXPIRY_SECONDS = 366L * 24 * 3600;

  public Send {
    Checks.checkPresent("to", to);
    Checks.checkOptionalText("client_id", clientId, MAX_CLIENT_ID_CHARACTERS);
    Checks.checkPresent("body", body).checkForm();
    Checks.checkOptionalSeq("reply_to", replyTo);
    if (expiresIn != null) {
      Checks.checkRange("expires_in", expiresIn, 1, MAX_EXPIRY_SECONDS);
    }
  }

  @Override
  public String conversationOf(Caller caller) {
    return Ids.directConversation(caller.requireUser(), to.requireUserId());
  }
}
