package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Looks at an upload without becoming its writer; others' uploads are not found. */
public record GetUpload(String appId, String senderId, String fileId) implements Request {}
