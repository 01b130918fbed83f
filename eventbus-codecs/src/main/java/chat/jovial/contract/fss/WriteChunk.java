package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/**
 * Stores one chunk; may be repeated with the same.
 *
 * @param hashState of SHA-256 at its end, for whoever resumes behind it
 */
public record WriteChunk(String fileId, long epoch, int chunk, byte[] bytes, byte[] hashState)
    implements Request {}
