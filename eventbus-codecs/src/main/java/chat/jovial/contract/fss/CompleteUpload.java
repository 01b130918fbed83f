package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/**
 * Makes a file of an upload, if this writer still is its writer and nobody has ended it.
 *
 * @param sha256 lower-case hexadecimal
 */
public record CompleteUpload(String fileId, long epoch, long size, String sha256)
    implements Request {}
