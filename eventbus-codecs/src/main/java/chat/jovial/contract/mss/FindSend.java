package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Request to find out whether a sender's message is in the log.
 *
 * @param storedSince it cannot have been stored before; missing if that is not known
 * @param newestBucket the newest bucket that was opened; missing if the asker does not know
 */
public record FindSend(
    String conversationId,
    String senderId,
    String clientId,
    @Nullable Instant storedSince,
    @Nullable Long newestBucket)
    implements Request {}
