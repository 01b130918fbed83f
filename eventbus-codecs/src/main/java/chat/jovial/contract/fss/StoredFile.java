package chat.jovial.contract.fss;

import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/** A file that is complete, for who has to read it. */
@WireName("StoredFile")
public record StoredFile(FilePlace place, FileInfo info) implements Reply {}
