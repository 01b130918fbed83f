package chat.jovial.contract.mds;

import chat.jovial.contract.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation's log, as it is stored, read and pushed.
 *
 * @param body missing once it has expired
 */
public record Entry(
    String conversationId,
    @Doc("1, 2, 3, ... without gaps in each conversation.") long seq,
    String senderId,
    @Doc("The other member, in a direct conversation.") @Nullable String recipientId,
    String deviceId,
    @Doc("The sender's own id of the message.") String clientId,
    @Doc("When the sender made it: the time in a UUIDv7 client_id, else when it arrived.")
        Instant sentAt,
    @Doc("When its conversation's owner gave it its seq; never decreases along a conversation.")
        Instant storedAt,
    @Doc("message; clients ignore kinds that they do not know.") String kind,
    @Nullable Body body,
    @Doc("The seq that this answers.") @Nullable Long replyTo,
    @Doc("When the body goes away.") @Nullable Instant expiresAt) {

  /** The same entry without its body. */
  public Entry withoutBody() {
    return new Entry(
        conversationId,
        seq,
        senderId,
        recipientId,
        deviceId,
        clientId,
        sentAt,
        storedAt,
        kind,
        null,
        replyTo,
        expiresAt);
  }
}
