package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.HasClientId;
import chat.jovial.contract.Ids;
import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

public record React(
    String conversationId,
    @Doc("The seq of the message.") long target,
    @Doc("As in mds.send.") @Nullable String clientId,
    @Doc("As in mds.send.") @Nullable Boolean retry,
    @Doc("An emoji or any other text of 1 to 64 characters.") String reaction,
    @Doc("True takes the same reaction back.") @Nullable Boolean remove)
    implements Request, NamesConversation, HasClientId {
  private static final int MAX_REACTION_CHARACTERS = 64;

  public React {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
    Checks.checkSeq("target", target);
    Checks.checkOptionalText("client_id", clientId, Send.MAX_CLIENT_ID_CHARACTERS);
    Checks.checkText("reaction", reaction, MAX_REACTION_CHARACTERS);
  }
}
