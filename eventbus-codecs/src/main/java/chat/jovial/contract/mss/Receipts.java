package chat.jovial.contract.mss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import chat.jovial.contract.mds.Receipt;
import java.util.List;

/** The watermarks of those members who have any. */
@WireName("Receipts")
public record Receipts(List<Receipt> receipts) implements Reply {
  public Receipts {
    receipts = List.copyOf(receipts);
  }
}
