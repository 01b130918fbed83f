package chat.jovial.contract.fss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;

/** Deletes one of the caller's own files; its bytes are removed from the store. */
public record DeleteFile(String fileId) implements Request {
  public DeleteFile {
    Checks.checkText("file_id", fileId, Ids.MAX_LENGTH);
  }
}
