package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Asks for the preview of an image; the caller has checked who asks. */
public record ReadThumbnail(String fileId) implements Request {}
