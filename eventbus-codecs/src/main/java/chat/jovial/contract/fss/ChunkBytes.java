package chat.jovial.contract.fss;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/** The bytes of a chunk as they were uploaded. */
@WireName("ChunkBytes")
public record ChunkBytes(Bytes bytes) implements Reply {}
