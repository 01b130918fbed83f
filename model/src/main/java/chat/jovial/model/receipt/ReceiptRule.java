package chat.jovial.model.receipt;

import chat.jovial.model.explore.Rule;

/** The rules of receipts. */
public enum ReceiptRule implements Rule {
  STORED_BEFORE_ACK("a device stores an entry before it acknowledges it", "clients: local MSS"),
  BELOW_GAP("a device acknowledges up to its first gap", "clients: local MSS"),
  NOT_ABOVE_END(
      "an acknowledgement above the acknowledged end is refused", "ActiveLog.acknowledge"),
  LOADED_FIRST("an owner loads the watermarks before it takes one", "Watermarks.load"),
  STORED_BEFORE_TOLD("a watermark is stored before it is told", "Watermarks.writeAfter"),
  ONE_WRITE("an owner tells of one write before it sends the next", "Watermarks.writeAfter"),
  TOLD_UNDER_LEASE(
      "an owner tells of a watermark only while its tenure lasts", "Watermarks.publish"),
  WATERMARK_IS_TIME("a watermark is its own write timestamp", "ReceiptStore.add"),
  TIME_EACH("each of the two watermarks has a timestamp of its own", "ReceiptStore.add");

  private final String says;
  private final String code;

  ReceiptRule(String says, String code) {
    this.says = says;
    this.code = code;
  }

  @Override
  public String says() {
    return says;
  }

  @Override
  public String code() {
    return code;
  }
}
