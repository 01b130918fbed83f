package chat.jovial.contract.fss;

import chat.jovial.contract.Checks;
import chat.jovial.contract.Doc;
import chat.jovial.contract.Ids;
import chat.jovial.contract.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for a file_token. */
public record CreateFileToken(
    String fileId,
    @Doc("`[\"read\"]`.") List<String> access,
    FileGrant grant,
    @Doc("Seconds; `fss.token_lifetime` unless given, and at most that.")
        @Nullable Integer expiresIn)
    implements Request {
  public CreateFileToken {
    Checks.checkText("file_id", fileId, Ids.MAX_LENGTH);
    access = FileAccess.check(access);
    Checks.checkPresent("grant", grant);
    if (expiresIn != null) {
      Checks.checkRange("expires_in", expiresIn, 1, Integer.MAX_VALUE);
    }
  }
}
