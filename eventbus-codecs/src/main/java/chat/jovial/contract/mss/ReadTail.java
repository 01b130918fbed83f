package chat.jovial.contract.mss;

import chat.jovial.contract.Request;
import java.time.Instant;

/**
 * Asks for the end of a log, at quorum, as its owner needs it to take it over.
 *
 * @param sendsSince also the sends that were stored at or after this time
 * @param maxSends but not more than so many, newest first
 */
public record ReadTail(String conversationId, Instant sendsSince, int maxSends)
    implements Request {}
