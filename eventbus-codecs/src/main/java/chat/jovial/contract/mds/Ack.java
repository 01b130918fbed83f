package chat.jovial.contract.mds;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.NamesConversation;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

/** At least one of the two. */
public record Ack(
    String conversationId,
    @Doc("A device of the caller holds everything up to this seq.") @Nullable Long deliveredUpto,
    @Doc("The caller has seen everything up to this seq; includes delivered.")
        @Nullable Long readUpto)
    implements Request, NamesConversation {
  public Ack {
    Checks.checkText("conversation_id", conversationId, Ids.MAX_LENGTH);
    Checks.checkOptionalSeq("delivered_upto", deliveredUpto);
    Checks.checkOptionalSeq("read_upto", readUpto);
    if (deliveredUpto == null && readUpto == null) {
      throw JovialException.invalid("give delivered_upto or read_upto");
    }
  }
}
