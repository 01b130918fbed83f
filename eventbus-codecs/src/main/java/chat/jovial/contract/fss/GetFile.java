package chat.jovial.contract.fss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import org.jspecify.annotations.Nullable;

/** Asks what is known of a file. */
public record GetFile(
    String fileId,
    @Doc("For a file that is neither the caller's own nor in a conversation of theirs.")
        @Nullable String fileToken)
    implements Request {
  public GetFile {
    Checks.checkText("file_id", fileId, Ids.MAX_LENGTH);
    Checks.checkOptionalText("file_token", fileToken, FileToken.MAX_CHARACTERS);
  }

  @Override
  public String toString() {
    return "GetFile[fileId=" + fileId + "]";
  }
}
