package chat.jovial.fss.upload;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.fss.chunk.ChunkStore;
import chat.jovial.fss.chunk.FileBytes;
import chat.jovial.fss.removal.FileQuota;
import chat.jovial.fss.removal.FileRemoval;
import chat.jovial.fss.scan.Scans;
import chat.jovial.fss.store.FileFacts;
import chat.jovial.fss.store.FileRow;
import chat.jovial.fss.store.FileState;
import chat.jovial.fss.store.FileTable;
import chat.jovial.fss.store.FileTasks;
import chat.jovial.fss.store.FssTables;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;

/** Completion of uploads: makes a file of one of which all bytes are stored. */
public final class Completion {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final FileTable table;
  private final ChunkStore chunks;
  private final FileBytes bytes;
  private final FileTasks todo;
  private final FileQuota quota;
  private final FileTypes types;
  private final Scans scans;
  private final FileRemoval removal;
  private final Clock clock;

  public Completion(
      FssTables tables,
      FileBytes bytes,
      FileQuota quota,
      FileTypes types,
      Scans scans,
      FileRemoval removal,
      Clock clock) {
    this.table = tables.files();
    this.chunks = tables.chunks();
    this.bytes = bytes;
    this.todo = tables.tasks();
    this.quota = quota;
    this.types = types;
    this.scans = scans;
    this.removal = removal;
    this.clock = clock;
  }

  /** The row after it, whichever caller completed it. */
  public Future<FileRow> complete(FileRow open, CompleteUpload request) {
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
              return table.complete(open, request.epoch(), facts, next, clock.instant());
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
      var unused = todo.done(FileTasks.task(row.fileId(), row.place(), row.createdAt()));
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
