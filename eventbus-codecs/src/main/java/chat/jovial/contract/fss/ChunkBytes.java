package chat.jovial.contract.fss;

import chat.jovial.contract.Reply;

public record ChunkBytes(byte[] bytes) implements Reply {}
