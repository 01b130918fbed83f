package chat.jovial.fss;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.TakeUpload;
import chat.jovial.contract.fss.Upload;
import chat.jovial.contract.fss.WriteChunk;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Files from their beginning to their end. Keeps nothing between two requests, so any instance on
 * any node may be asked for any of them.
 */
final class Files {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final FileTable table;
  private final ChunkStore chunks;
  private final Clock clock;

  Files(FileTable table, ChunkStore chunks, Clock clock) {
    this.table = table;
    this.chunks = chunks;
    this.clock = clock;
  }

  Future<Nothing> create(CreateUpload request) {
    return table
        .insert(request, clock.instant())
        .compose(
            made ->
                made
                    ? Future.succeededFuture(Nothing.NOTHING)
                    : Future.failedFuture(
                        JovialException.conflict("there is a file of this id already")));
  }

  /**
   * From here on nothing of the former writer is stored any more that this one does not see: it
   * looks at the chunks after its epoch is decided, and writes with a higher timestamp.
   */
  Future<Upload> take(TakeUpload request) {
    return open(request.fileId(), request.appId(), request.senderId())
        .compose(
            found ->
                table
                    .take(found, clock.instant())
                    .compose(epoch -> epoch.isPresent() ? upload(found, epoch.get()) : busy()));
  }

  private Future<Upload> upload(FileRow file, long epoch) {
    return chunks
        .countWhole(file.fileId())
        .map(
            whole ->
                new Upload(
                    file.fileId(), epoch, whole, file.length(), file.name(), file.mimeType()));
  }

  /** The upload of that user, if it is still open. Others' look as if they were not there. */
  private Future<FileRow> open(String fileId, String appId, String senderId) {
    return table
        .find(fileId)
        .compose(
            found -> {
              Optional<FileRow> own =
                  found.filter(f -> f.appId().equals(appId) && f.senderId().equals(senderId));
              if (own.isEmpty()) {
                return Future.failedFuture(JovialException.notFound("there is no such upload"));
              }
              return switch (own.get().state()) {
                case OPEN -> Future.succeededFuture(own.get());
                case COMPLETE ->
                    Future.failedFuture(JovialException.conflict("this upload is complete"));
                case SWEPT, DELETED ->
                    Future.failedFuture(
                        JovialException.gone("this upload was given up: begin it again"));
              };
            });
  }

  Future<Nothing> write(WriteChunk request) {
    return chunks.write(request);
  }

  Future<FileInfo> complete(CompleteUpload request) {
    return table
        .complete(request)
        .compose(done -> table.find(request.fileId()))
        .compose(
            found -> {
              // Also when the answer to an earlier try was lost: what counts is what is there.
              FileInfo info = found.map(FileRow::info).orElse(null);
              boolean ours =
                  info != null
                      && found.get().epoch() == request.epoch()
                      && info.sha256().equals(request.sha256());
              return ours ? Future.succeededFuture(info) : busy();
            });
  }

  Future<ChunkBytes> read(ReadChunk request) {
    return chunks
        .read(request.fileId(), request.chunk())
        .compose(
            bytes ->
                bytes.isPresent()
                    ? Future.succeededFuture(new ChunkBytes(bytes.get()))
                    : Future.failedFuture(
                        JovialException.gone("this file was deleted while it was read")));
  }

  private static <T> Future<T> busy() {
    return Future.failedFuture(
        JovialException.tryAgain("another connection has taken this upload over", RETRY));
  }
}
