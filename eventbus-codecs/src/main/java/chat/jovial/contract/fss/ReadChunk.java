package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Reads one chunk; the caller has checked who asks. */
public record ReadChunk(String fileId, FilePlace place, int chunk) implements Request {}
