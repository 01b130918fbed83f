package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;

public record Typing(
    String conversationId,
    @Doc("False when the caller stops; it lapses by itself after six seconds.") boolean typing)
    implements Request, NamesConversation {
  public Typing {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
  }
}
