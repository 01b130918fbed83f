package chat.jovial.contract.fss;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.Reply;

/** The bytes of a chunk as they were uploaded. */
public record ChunkBytes(Bytes bytes) implements Reply {}
