package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Reads one chunk of a file that is complete; the caller has checked that it may. */
public record ReadChunk(String fileId, int chunk) implements Request {}
