package chat.jovial.contract.fss;

import chat.jovial.contract.Request;

/** Asks for a file that is complete; the caller checks who may know of it. */
public record GetStoredFile(String fileId) implements Request {}
