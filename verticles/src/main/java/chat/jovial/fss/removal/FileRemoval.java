package chat.jovial.fss.removal;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.fss.chunk.ChunkStore;
import chat.jovial.fss.store.FileRow;
import chat.jovial.fss.store.FileState;
import chat.jovial.fss.store.FileTable;
import chat.jovial.fss.store.FileTasks;
import chat.jovial.fss.store.FssTables;
import chat.jovial.fss.store.ThumbnailTable;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removal of files: first a conditional write decides it permanently, then their bytes are deleted,
 * whole partitions. Late writes lose against the deletion, which has the last writer's epoch. Every
 * step may be done twice, by several nodes at once.
 */
public final class FileRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(FileRemoval.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final FileTable table;
  private final ChunkStore chunks;
  private final ThumbnailTable thumbnails;
  private final FileTasks todo;
  private final FileQuota quota;
  private final Clock clock;

  public FileRemoval(FssTables tables, FileQuota quota, Clock clock) {
    this.table = tables.files();
    this.chunks = tables.chunks();
    this.thumbnails = tables.thumbnails();
    this.todo = tables.tasks();
    this.quota = quota;
    this.clock = clock;
  }

  /** Has it that nobody reads or goes on with a file; its bytes are removed behind the answer. */
  public Future<Nothing> end(FileRow row) {
    if (row.state().isOver()) {
      return Future.succeededFuture(Nothing.NOTHING);
    }
    return end(row, row.state() == FileState.OPEN ? FileState.SWEPT : FileState.DELETED);
  }

  /** For a file in which the malware scanner has found something. */
  public Future<Nothing> refuse(FileRow row) {
    return end(row, FileState.REFUSED);
  }

  private Future<Nothing> end(FileRow row, FileState how) {
    return todo.add(row.fileId(), row.place(), clock.instant())
        .compose(
            task ->
                table
                    .change(row, how, clock.instant())
                    .compose(
                        ended -> {
                          if (!ended) {
                            return Future.failedFuture(
                                JovialException.tryAgain(
                                    "this file was just changed by another connection", RETRY));
                          }
                          removeBehind(row);
                          return Future.succeededFuture(Nothing.NOTHING);
                        }));
  }

  private void removeBehind(FileRow row) {
    removeBytes(row)
        .onFailure(
            failure -> LOG.debug("File {} is removed at the next sweep", row.fileId(), failure));
  }

  /** What {@link #removeBytes} does, for a file for which that was probably done. */
  public Future<Nothing> removeLeftBytes(FileRow row) {
    return chunks
        .isEmpty(row.fileId(), 0)
        .compose(empty -> empty ? forgetSize(row) : removeBytes(row));
  }

  /**
   * Removes the bytes of a file that is over. The last partition goes first, so that whoever goes
   * on after a crash finds all that are left by looking from the first on.
   */
  public Future<Nothing> removeBytes(FileRow row) {
    return partsOf(row.fileId(), 0)
        .compose(parts -> removeDownFrom(row, parts))
        .compose(removed -> thumbnails.remove(row.fileId(), row.epoch()))
        .compose(removed -> forgetSize(row));
  }

  private Future<Nothing> forgetSize(FileRow row) {
    return quota.forget(row.place().appId(), row.place().senderId(), row.fileId());
  }

  /** How many partitions have something in them. */
  private Future<Integer> partsOf(String fileId, int part) {
    return chunks
        .isEmpty(fileId, part)
        .compose(empty -> empty ? Future.succeededFuture(part) : partsOf(fileId, part + 1));
  }

  // One more than have something in them: a writer may have begun with it.
  private Future<Nothing> removeDownFrom(FileRow row, int part) {
    return chunks
        .removePart(row.fileId(), part, row.epoch())
        .compose(
            removed ->
                part == 0
                    ? Future.succeededFuture(Nothing.NOTHING)
                    : removeDownFrom(row, part - 1));
  }
}
