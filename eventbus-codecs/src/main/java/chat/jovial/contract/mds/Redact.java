package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.HasClientId;
import chat.jovial.contract.Ids;
import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record Redact(
    String conversationId,
    @Doc("The seq of the message, one of the caller's own.") long target,
    @Doc("As in mds.send.") @Nullable String clientId,
    @Doc("As in mds.send.") @Nullable Boolean retry)
    implements Request, NamesConversation, HasClientId {
  public Redact {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
    Checks.checkSeq("target", target);
    Checks.checkOptionalText("client_id", clientId, Send.MAX_CLIENT_ID_CHARACTERS);
  }
}
