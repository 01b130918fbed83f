package chat.jovial.contract.fss;

import chat.jovial.contract.Request;
import java.util.List;

/**
 * Asks UMS, which has the keys, to sign a file_token. The caller has checked that this user may
 * give it.
 *
 * @param appId of the file and of the user
 * @param userId who asked for it
 * @param expiresIn seconds
 */
public record SignFileToken(
    String appId,
    String userId,
    String fileId,
    List<String> access,
    String mimeType,
    FileGrant grant,
    int expiresIn)
    implements Request {
  public SignFileToken {
    access = FileAccess.check(access);
  }
}
