package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.time.Instant;

/**
 * Request for the end of a log, at quorum, as a new owner needs it to recover the log.
 *
 * @param sendsSince also the sends that were stored at or after this time
 * @param maxSends but at most this many, newest first
 */
public record ReadTail(String conversationId, Instant sendsSince, int maxSends)
    implements Request {}
