package chat.jovial.contract.mss;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.OfConversation;
import chat.jovial.contract.Request;
import java.time.Instant;

public record DeleteFrom(
    String conversationId,
    @Doc("Messages and edits stored at or after this time lose their bodies.") Instant from)
    implements Request, OfConversation {
  public DeleteFrom {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
    Checks.checkPresent("from", from);
  }

  @Override
  public String conversationOf(Caller caller) {
    return conversationId;
  }
}
