package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Gives an upload up, by its uploader; what is stored of it goes. A complete file is deleted. */
public record EndUpload(String appId, String senderId, String fileId) implements Request {}
