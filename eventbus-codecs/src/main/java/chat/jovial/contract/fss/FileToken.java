package chat.jovial.contract.fss;

import chat.jovial.contract.Doc;
import chat.jovial.contract.Reply;
import chat.jovial.contract.WireName;
import java.time.Instant;

/** A signed web token that lets read one file. */
@WireName("FileToken")
public record FileToken(
    @Doc("Give it as `?token=` to `GET /files/{file_id}`.") String fileToken, Instant expiresAt)
    implements Reply {
  /** Longest one that is read: about 10,600 are one that names 256 users. */
  public static final int MAX_CHARACTERS = 12_288;

  @Override
  public String toString() {
    return "FileToken[expiresAt=" + expiresAt + "]";
  }
}
