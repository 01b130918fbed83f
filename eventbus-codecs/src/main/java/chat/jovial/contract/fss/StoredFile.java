package chat.jovial.contract.fss;

import chat.jovial.contract.Reply;

/** A file that is complete, for who has to read it. */
public record StoredFile(FilePlace place, FileInfo info) implements Reply {}
