package chat.jovial.contract.fss;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;

/**
 * An upload for its new writer.
 *
 * @param formerEpoch of the writer before, 0 if there was none
 * @param tail bytes of the last chunk, if that is not full: the new writer stores it again with
 *     more behind, under its own epoch
 */
@WireName("TakenUpload")
public record AcquiredUpload(Upload upload, long formerEpoch, Bytes tail) implements Reply {}
