package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/**
 * Becomes the one writer of an upload: whoever wrote it before can write no more. Others' uploads
 * are not found.
 *
 * @param offset bytes that the writer takes for stored; another number is a conflict
 */
public record AcquireUpload(String appId, String senderId, String fileId, long offset)
    implements Request {}
