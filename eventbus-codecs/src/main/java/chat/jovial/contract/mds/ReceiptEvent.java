package chat.jovial.contract.mds;

import chat.jovial.contract.ClientEvent;
import chat.jovial.contract.Doc;

/** Event to the devices of all members: the watermarks of one of them have risen. */
public record ReceiptEvent(
    String event,
    String conversationId,
    String userId,
    @Doc("0 for nothing.") long deliveredUpto,
    @Doc("0 for nothing.") long readUpto)
    implements ClientEvent {

  public static ReceiptEvent of(String conversationId, Receipt receipt) {
    return new ReceiptEvent(
        "receipt", conversationId, receipt.userId(), receipt.deliveredUpto(), receipt.readUpto());
  }
}
