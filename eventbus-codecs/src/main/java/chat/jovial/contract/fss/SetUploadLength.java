package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Tells how long an upload will be whose length was not known when it began; once. */
public record SetUploadLength(String appId, String senderId, String fileId, long length)
    implements Request {}
