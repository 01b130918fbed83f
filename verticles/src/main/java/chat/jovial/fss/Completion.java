package chat.jovial.fss;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.ReadChunk;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Makes a file of an upload of which all is stored. */
final class Completion {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final FileTable table;
  private final ChunkStore chunks;
  private final FileBytes bytes;
  private final FileTodo todo;
  private final FileQuota quota;
  private final FileTypes types;
  private final Scans scans;
  private final FileRemoval removal;
  private final Clock clock;

  Completion(
      FileTable table,
      ChunkStore chunks,
      FileBytes bytes,
      FileTodo todo,
      FileQuota quota,
      FileTypes types,
      Scans scans,
      FileRemoval removal,
      Clock clock) {
    this.table = table;
    this.chunks = chunks;
    this.bytes = bytes;
    this.todo = todo;
    this.quota = quota;
    this.types = types;
    this.scans = scans;
    this.removal = removal;
    this.clock = clock;
  }

  /** The row as it is then, whoever made it so. */
  Future<FileRow> complete(FileRow open, CompleteUpload request) {
    return checkStored(open, request.size())
        .compose(stored -> countIfUnknown(open, request.size()))
        .compose(fits -> head(open, request.size()))
        .compose(head -> types.of(head, open.name(), open.mimeType()))
        .compose(
            type -> {
              FileFacts facts =
                  new FileFacts(
                      request.size(),
                      request.sha256(),
                      type.mimeType(),
                      type.width(),
                      type.height());
              FileState next = scans.isOn() ? FileState.CHECKING : FileState.COMPLETE;
              return table.complete(open.fileId(), request.epoch(), facts, next, clock.instant());
            })
        .compose(decided -> table.find(open.fileId()))
        .map(found -> found.orElseThrow(() -> JovialException.gone("this upload was given up")))
        .onSuccess(this::follow);
  }

  private void follow(FileRow row) {
    if (row.state() == FileState.CHECKING) {
      scans.begin(row);
    } else if (row.state() == FileState.COMPLETE) {
      // If this is lost, a sweep sees that there is nothing to do.
      var unused = todo.done(FileTodo.task(row.fileId(), row.place(), row.createdAt()));
    }
  }

  private Future<Nothing> checkStored(FileRow open, long size) {
    if (open.length() != null && open.length() != size) {
      return Future.failedFuture(
          JovialException.invalid(
              "this upload was to have " + open.length() + " bytes, but has " + size));
    }
    return chunks
        .extent(open.fileId())
        .compose(
            extent ->
                extent.offset() == size
                    ? Future.succeededFuture(Nothing.NOTHING)
                    : Future.failedFuture(
                        JovialException.tryAgain(
                            "only " + extent.offset() + " bytes of " + size + " are stored",
                            RETRY)));
  }

  private Future<Nothing> countIfUnknown(FileRow open, long size) {
    if (open.length() != null) {
      return Future.succeededFuture(Nothing.NOTHING);
    }
    return quota
        .count(open.place(), open.fileId(), size)
        .recover(
            failure ->
                JovialException.of(failure).code() == ErrorCode.TOO_LARGE
                    ? removal.end(open).transform(ended -> Future.failedFuture(failure))
                    : Future.failedFuture(failure));
  }

  private Future<byte[]> head(FileRow open, long size) {
    return size == 0
        ? Future.succeededFuture(new byte[0])
        : bytes.read(new ReadChunk(open.fileId(), open.place(), 0)).map(Bytes::array);
  }
}
