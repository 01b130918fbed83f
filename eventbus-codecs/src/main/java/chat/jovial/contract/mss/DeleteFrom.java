package chat.jovial.contract.mss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;
import java.time.Instant;

public record DeleteFrom(
    String conversationId,
    @Doc("Messages and edits stored at or after this time lose their bodies.") Instant from)
    implements Request, NamesConversation {
  public DeleteFrom {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
    Checks.checkPresent("from", from);
  }
}
