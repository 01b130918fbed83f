package chat.jovial.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Entry of a conversation's log, as the server sends it.
 *
 * @param seq 1, 2, 3, ... without gaps in each conversation
 * @param clientId the sender's own id of it
 * @param kind one of {@link Kind}, or one that this kit does not know yet
 * @param body missing once it was removed or has expired, and for a redaction of one message
 * @param replyTo the seq that a message answers
 * @param target the seq that an edit, redaction or reaction is about
 * @param expiresAt when the body goes away
 * @param removed {@code redacted} or {@code deleted}: why there is no body
 */
public record Entry(
    String conversationId,
    long seq,
    String senderId,
    @Nullable String recipientId,
    String deviceId,
    String clientId,
    Instant sentAt,
    Instant storedAt,
    String kind,
    @Nullable Body body,
    @Nullable Long replyTo,
    @Nullable Long target,
    @Nullable Instant expiresAt,
    @Nullable String removed) {

  public boolean is(String otherKind) {
    return kind.equals(otherKind);
  }

  /** The same without its body. */
  public Entry without(@Nullable String reason) {
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
        target,
        expiresAt,
        reason);
  }
}
