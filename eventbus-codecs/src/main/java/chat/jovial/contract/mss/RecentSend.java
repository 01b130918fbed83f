package chat.jovial.contract.mss;

import java.time.Instant;

/** That a sender's message is stored, and where. */
public record RecentSend(String senderId, String clientId, long seq, Instant storedAt) {}
