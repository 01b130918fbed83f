package chat.jovial.contract.mds;

/** Event to the devices of all members: the watermarks of one of them have risen. */
public record ReceiptEvent(
    String event, String conversationId, String userId, long deliveredUpto, long readUpto) {

  public static ReceiptEvent of(String conversationId, Receipt receipt) {
    return new ReceiptEvent(
        "receipt", conversationId, receipt.userId(), receipt.deliveredUpto(), receipt.readUpto());
  }
}
