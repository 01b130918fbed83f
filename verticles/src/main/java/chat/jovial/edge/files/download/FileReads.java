package chat.jovial.edge.files.download;

import chat.jovial.access.FileTokenClaims;
import chat.jovial.access.FileTokenVerifier;
import chat.jovial.contract.Bytes;
import chat.jovial.contract.Caller;
import chat.jovial.contract.FssOperations;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.GetStoredFile;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.ReadThumbnail;
import chat.jovial.contract.fss.StoredFile;
import chat.jovial.contract.fss.Thumbnail;
import chat.jovial.edge.files.ChunkCalls;
import chat.jovial.edge.files.FileAccessGateway;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reader of files on behalf of users, who are checked at each request. Any thread. */
final class FileReads {
  private static final Pattern FILE_ID =
      Pattern.compile("[A-Za-z0-9._-]{1," + Ids.MAX_LENGTH + "}");

  /** How long a scanner takes for most files. */
  private static final Duration CHECKING_RETRY = Duration.ofSeconds(2);

  /** A file that this user may read, and the type that the token gives it. */
  record Readable(StoredFile file, String mimeType) {}

  private final FileAccessGateway gateway;
  private final FileTokenVerifier tokens;

  FileReads(FileAccessGateway gateway, FileTokenVerifier tokens) {
    this.gateway = gateway;
    this.tokens = tokens;
  }

  /**
   * Fails with {@code not_found} if there is no such file in the user's app, with {@code forbidden}
   * if the token does not let this user read it now, with {@code try_again} if a scanner has not
   * passed it yet.
   */
  Future<Readable> find(Caller reader, String fileId, @Nullable String token) {
    if (!FILE_ID.matcher(fileId).matches()) {
      return Future.failedFuture(unknown());
    }
    String appId = reader.requireApp();
    return gateway
        .ask(FssOperations.FILE_FIND, new GetStoredFile(fileId))
        .compose(
            file ->
                file.place().appId().equals(appId)
                    ? tokens
                        .verify(token, fileId, appId, reader.requireUser())
                        .compose(claims -> readable(file, claims))
                    : Future.failedFuture(unknown()));
  }

  static Future<Bytes> chunk(ChunkCalls calls, StoredFile file, int chunk) {
    return calls
        .read(new ReadChunk(file.info().fileId(), file.place(), chunk))
        .map(ChunkBytes::bytes);
  }

  Future<Thumbnail> thumbnail(StoredFile file) {
    return gateway.ask(FssOperations.THUMBNAIL_READ, new ReadThumbnail(file.info().fileId()));
  }

  private static Future<Readable> readable(StoredFile file, FileTokenClaims claims) {
    return Boolean.TRUE.equals(file.info().checking())
        ? Future.failedFuture(
            JovialException.tryAgain("this file is still being checked", CHECKING_RETRY))
        : Future.succeededFuture(new Readable(file, claims.mimeType()));
  }

  private static JovialException unknown() {
    return JovialException.notFound("there is no such file");
  }
}
