package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import chat.jovial.contract.mds.Receipt;
import java.util.List;

/**
 * Request to store the watermarks of a conversation's members as one mutation. Each number is its
 * own write timestamp, so a write that comes late never takes one back.
 */
public record WriteReceipts(String conversationId, List<Receipt> receipts) implements Request {
  public WriteReceipts {
    receipts = List.copyOf(receipts);
  }
}
