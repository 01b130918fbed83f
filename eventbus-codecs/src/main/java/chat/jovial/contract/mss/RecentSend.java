package chat.jovial.contract.mss;

import java.time.Instant;

/** Client id of a message that is stored, and its seq. */
public record RecentSend(String senderId, String clientId, long seq, Instant storedAt) {}
