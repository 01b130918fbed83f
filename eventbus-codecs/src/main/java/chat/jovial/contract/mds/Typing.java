package chat.jovial.contract.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.OfConversation;
import chat.jovial.contract.Request;

public record Typing(
    String conversationId,
    @Doc("False when the caller stops; it lapses by itself after six seconds.") boolean typing)
    implements Request, OfConversation {
  public Typing {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
  }

  @Override
  public String conversationOf(Caller caller) {
    return conversationId;
  }
}
