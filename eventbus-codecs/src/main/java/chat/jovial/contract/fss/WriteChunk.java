package chat.jovial.contract.fss;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.Request;

/** Stores one chunk of a writer; may be repeated with the same bytes, never with others. */
public record WriteChunk(String fileId, FilePlace place, long epoch, int chunk, Bytes bytes)
    implements Request {}
