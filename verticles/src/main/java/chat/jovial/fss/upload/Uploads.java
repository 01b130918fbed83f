package chat.jovial.fss.upload;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.AcquireUpload;
import chat.jovial.contract.fss.AcquiredUpload;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.EndUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.GetUpload;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.SetUploadLength;
import chat.jovial.contract.fss.Upload;
import chat.jovial.fss.chunk.ChunkStore;
import chat.jovial.fss.chunk.ChunkStore.Extent;
import chat.jovial.fss.chunk.FileBytes;
import chat.jovial.fss.removal.FileQuota;
import chat.jovial.fss.removal.FileRemoval;
import chat.jovial.fss.store.FileFacts;
import chat.jovial.fss.store.FileRow;
import chat.jovial.fss.store.FileState;
import chat.jovial.fss.store.FileTable;
import chat.jovial.fss.store.FileTasks;
import chat.jovial.fss.store.FssTables;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Life cycle of uploads until they are files. Stateless between two requests, so any instance on
 * any node may serve any upload.
 */
public final class Uploads {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final FileTable table;
  private final ChunkStore chunks;
  private final FileBytes bytes;
  private final FileTasks todo;
  private final FileQuota quota;
  private final Completion completion;
  private final FileRemoval removal;
  private final Supplier<String> newId;
  private final Duration unfinishedAfter;
  private final Clock clock;

  public Uploads(
      FssTables tables,
      FileBytes bytes,
      FileQuota quota,
      Completion completion,
      FileRemoval removal,
      Supplier<String> newId,
      Duration unfinishedAfter,
      Clock clock) {
    this.table = tables.files();
    this.chunks = tables.chunks();
    this.bytes = bytes;
    this.todo = tables.tasks();
    this.quota = quota;
    this.completion = completion;
    this.removal = removal;
    this.newId = newId;
    this.unfinishedAfter = unfinishedAfter;
    this.clock = clock;
  }

  /** Who begins an upload is its first writer. */
  public Future<Upload> create(CreateUpload request) {
    FileRow row = FileRow.begun(newId.get(), request, clock.instant());
    return todo.add(row.fileId(), row.place(), row.createdAt())
        .compose(
            task ->
                quota
                    .count(row.place(), row.fileId(), row.length() == null ? 0 : row.length())
                    .compose(
                        fits -> table.insert(row),
                        refusal -> todo.done(task).transform(done -> Future.failedFuture(refusal))))
        .map(inserted -> upload(row, row.epoch(), new Extent(0, 0)));
  }

  public Future<Upload> find(GetUpload request) {
    return own(request.fileId(), request.appId(), request.senderId())
        .compose(
            row ->
                row.state() == FileState.OPEN
                    ? chunks.extent(row.fileId()).map(extent -> upload(row, row.epoch(), extent))
                    : completed(row));
  }

  /** Tells the length of an upload that began without one. */
  public Future<Upload> setLength(SetUploadLength request) {
    return open(request.fileId(), request.appId(), request.senderId())
        .compose(row -> quota.count(row.place(), row.fileId(), request.length()))
        .compose(fits -> table.setLength(request.fileId(), request.length()))
        .compose(set -> find(new GetUpload(request.appId(), request.senderId(), request.fileId())))
        .compose(
            upload ->
                upload.length() != null && upload.length() == request.length()
                    ? Future.succeededFuture(upload)
                    : Future.failedFuture(
                        JovialException.invalid("the length of this upload was told already")));
  }

  /**
   * From here on nothing of the previous writer is stored that this one does not see: it looks at
   * the chunks after its epoch is decided, and fences off what is behind them.
   */
  public Future<AcquiredUpload> acquire(AcquireUpload request) {
    return open(request.fileId(), request.appId(), request.senderId())
        .compose(
            row ->
                offset(row, request.offset())
                    .compose(same -> table.acquire(row, clock.instant()))
                    .compose(
                        epoch ->
                            epoch.isPresent() ? acquired(row, epoch.get(), request) : tryAgain()));
  }

  private Future<AcquiredUpload> acquired(FileRow previous, long epoch, AcquireUpload request) {
    return offset(previous, request.offset())
        .compose(
            extent ->
                chunks
                    .fence(previous.fileId(), extent.end(), previous.epoch())
                    .compose(fenced -> tail(previous, extent))
                    .map(
                        tail ->
                            new AcquiredUpload(
                                upload(previous, epoch, extent), previous.epoch(), tail)));
  }

  /** What is stored, if that is as much as the writer believes. */
  private Future<Extent> offset(FileRow row, long believed) {
    return chunks
        .extent(row.fileId())
        .compose(
            extent ->
                extent.offset() == believed
                    ? Future.succeededFuture(extent)
                    : Future.failedFuture(
                        new JovialException(
                            ErrorCode.CONFLICT,
                            "this upload goes on at byte " + extent.offset() + ", not " + believed,
                            Map.of("offset", extent.offset()))));
  }

  private Future<Bytes> tail(FileRow row, Extent extent) {
    return extent.tail() == 0
        ? Future.succeededFuture(Bytes.of(new byte[0]))
        : bytes.read(new ReadChunk(row.fileId(), row.place(), extent.full()));
  }

  public Future<FileInfo> complete(CompleteUpload request) {
    return find(request.fileId())
        .compose(
            row -> {
              if (row.state().isOver()) {
                return Future.failedFuture(over());
              }
              if (row.epoch() != request.epoch()) {
                return takenOver();
              }
              // Not open any more: an earlier try whose answer was lost.
              return row.state() == FileState.OPEN
                  ? completion.complete(row, request)
                  : Future.succeededFuture(row);
            })
        .compose(
            row -> {
              FileInfo info = row.info();
              boolean ours =
                  info != null
                      && row.epoch() == request.epoch()
                      && info.sha256().equals(request.sha256());
              return ours ? Future.succeededFuture(info) : takenOver();
            });
  }

  /** Gives an upload up, or deletes the file that it has become. */
  public Future<Nothing> end(EndUpload request) {
    return own(request.fileId(), request.appId(), request.senderId()).compose(removal::end);
  }

  private Upload upload(FileRow row, long epoch, Extent extent) {
    return new Upload(
        row.fileId(),
        row.place(),
        epoch,
        extent.offset(),
        row.length(),
        false,
        row.touchedAt().plus(unfinishedAfter));
  }

  private Future<Upload> completed(FileRow row) {
    FileFacts facts = row.facts();
    return facts == null || row.state().isOver()
        ? Future.failedFuture(over())
        : Future.succeededFuture(
            new Upload(
                row.fileId(),
                row.place(),
                row.epoch(),
                facts.size(),
                facts.size(),
                true,
                row.touchedAt().plus(unfinishedAfter)));
  }

  private Future<FileRow> find(String fileId) {
    return table
        .find(fileId)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : Future.failedFuture(unknown()));
  }

  /** The upload of that user. Others' look as if they were not there. */
  private Future<FileRow> own(String fileId, String appId, String senderId) {
    return find(fileId)
        .compose(
            row ->
                row.isOf(appId, senderId)
                    ? Future.succeededFuture(row)
                    : Future.failedFuture(unknown()));
  }

  private Future<FileRow> open(String fileId, String appId, String senderId) {
    return own(fileId, appId, senderId)
        .compose(
            row ->
                switch (row.state()) {
                  case OPEN -> Future.succeededFuture(row);
                  case COMPLETE, CHECKING ->
                      Future.failedFuture(JovialException.conflict("this upload is complete"));
                  default -> Future.failedFuture(over());
                });
  }

  private static JovialException unknown() {
    return JovialException.notFound("there is no such upload");
  }

  private static JovialException over() {
    return JovialException.gone("this upload was given up: begin it again");
  }

  /** Another connection was faster, by a moment: who asks again is next. */
  private static <T> Future<T> tryAgain() {
    return Future.failedFuture(
        JovialException.tryAgain("another connection has taken this upload over", RETRY));
  }

  private static <T> Future<T> takenOver() {
    return Future.failedFuture(
        JovialException.conflict("another connection has taken this upload over"));
  }
}
