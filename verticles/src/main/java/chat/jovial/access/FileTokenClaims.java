package chat.jovial.access;

import chat.jovial.contract.Checks;
import chat.jovial.contract.fss.FileGrant;
import java.time.Instant;
import java.util.List;

/**
 * Claims of a file_token.
 *
 * @param sub the user who asked for it
 * @param exp seconds since the epoch
 */
public record FileTokenClaims(
    String appId,
    String sub,
    String fileId,
    List<String> access,
    String mimeType,
    FileGrant grant,
    long exp) {
  public FileTokenClaims {
    Checks.checkPresent("app_id", appId);
    Checks.checkPresent("sub", sub);
    Checks.checkPresent("file_id", fileId);
    access = List.copyOf(Checks.checkPresent("access", access));
    Checks.checkPresent("mime_type", mimeType);
    Checks.checkPresent("grant", grant);
  }

  boolean isValidAt(Instant now) {
    return now.getEpochSecond() < exp;
  }
}
