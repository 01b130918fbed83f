package chat.jovial.contract.mds;

import chat.jovial.contract.Doc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a conversation's log, as it is stored, read and pushed.
 *
 * @param body missing once it has expired or was removed, and in a redaction of one message
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
    @Doc("message, edit, redaction or reaction; clients ignore kinds that they do not know.")
        String kind,
    @Nullable Body body,
    @Doc("The seq that this answers.") @Nullable Long replyTo,
    @Doc("When the body goes away.") @Nullable Instant expiresAt,
    @Doc("The seq of the message that this edits, redacts or reacts to.") @Nullable Long target,
    @Doc("Why the body is gone: redacted, deleted, expired or erased.") @Nullable String removed) {

  /** The same entry with another body, or without. */
  public Entry withBody(@Nullable Body other) {
    return with(other, removed);
  }

  /** The same entry, its body removed for that reason. */
  public Entry withoutBody(String reason) {
    return with(null, reason);
  }

  private Entry with(@Nullable Body otherBody, @Nullable String otherRemoved) {
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
        otherBody,
        replyTo,
        expiresAt,
        target,
        otherRemoved);
  }

  /** Bytes of the body in UTF-8; 0 without one. */
  public int bodySize() {
    return body == null ? 0 : body.sizeInBytes();
  }

  public boolean isOf(String someKind) {
    return kind.equals(someKind);
  }
}
