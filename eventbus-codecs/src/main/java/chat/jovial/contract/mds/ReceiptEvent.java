package chat.jovial.contract.mds;

/** Tells the devices of all members how far one of them has the conversation now. */
public record ReceiptEvent(
    String event, String conversationId, String userId, long deliveredUpto, long readUpto) {

  public static ReceiptEvent of(String conversationId, Receipt receipt) {
    return new ReceiptEvent(
        "receipt", conversationId, receipt.userId(), receipt.deliveredUpto(), receipt.readUpto());
  }
}
