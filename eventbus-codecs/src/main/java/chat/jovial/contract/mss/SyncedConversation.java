package chat.jovial.contract.mss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.mds.Receipt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A conversation as one of its members sees it. */
public record SyncedConversation(
    String conversationId,
    @Doc("The other member, in a direct conversation.") @Nullable String userId,
    @Doc("Its newest entry.") long lastSeq,
    Instant lastStoredAt,
    @Doc("Messages of others above read_upto; counted up to 10,000.") int unread,
    @Doc("How far the caller has read, on any device.") long readUpto,
    @Doc("How far any device of the caller has it.") long deliveredUpto,
    @Doc("Of the other members.") List<Receipt> receipts) {
  public SyncedConversation {
    receipts = List.copyOf(receipts);
  }
}
