package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Becomes the one writer of an upload: whoever wrote it before can write no more. */
public record TakeUpload(String appId, String senderId, String fileId) implements Request {}
