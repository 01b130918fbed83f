package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Stores one chunk; may be repeated with the same. */
public record WriteChunk(String fileId, long epoch, int chunk, byte[] bytes) implements Request {}
