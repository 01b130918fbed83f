package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.time.Instant;

/** Request for the lowest seq up to {@code end} that was stored at or after a time. */
public record FindTime(String conversationId, Instant time, long end) implements Request {}
