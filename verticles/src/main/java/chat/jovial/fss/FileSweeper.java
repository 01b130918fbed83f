package chat.jovial.fss;

import chat.jovial.contract.Nothing;
import chat.jovial.fss.removal.FileQuota;
import chat.jovial.fss.removal.FileRemoval;
import chat.jovial.fss.scan.Scans;
import chat.jovial.fss.store.FileRow;
import chat.jovial.fss.store.FileTable;
import chat.jovial.fss.store.FileTasks;
import chat.jovial.fss.store.FileTasks.Task;
import chat.jovial.fss.store.FssTables;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background removal of abandoned uploads, and of the bytes of files that have ended. Several nodes
 * may sweep at once: what ends a file is decided once, and the rest does no harm when done twice.
 * One file after the other, in another order at each sweep, so that nodes seldom meet.
 */
final class FileSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(FileSweeper.class);

  /** A task that has no file after this time was left by a crash. */
  private static final long HOURS_TO_BEGIN = 2;

  private static final long HOURS_KEPT = 2;

  private final FileTable table;
  private final FileTasks todo;
  private final FileQuota quota;
  private final FileRemoval removal;
  private final Scans scans;
  private final FssConfig config;
  private final Clock clock;

  FileSweeper(
      FssTables tables,
      FileQuota quota,
      FileRemoval removal,
      Scans scans,
      FssConfig config,
      Clock clock) {
    this.table = tables.files();
    this.todo = tables.tasks();
    this.quota = quota;
    this.removal = removal;
    this.scans = scans;
    this.config = config;
    this.clock = clock;
  }

  /** Looks at all that may have to be done; what fails is tried again at the next sweep. */
  Future<Nothing> sweep() {
    return todo.hours().compose(hours -> each(hours, this::sweepHour));
  }

  private Future<Nothing> sweepHour(long hour) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < FileTasks.SLOTS; slot++) {
      slots.add(slot);
    }
    Collections.shuffle(slots);
    boolean[] left = new boolean[1];
    return each(
            slots,
            slot ->
                todo.tasks(hour, slot)
                    .compose(
                        tasks -> {
                          left[0] |= !tasks.isEmpty();
                          return each(tasks, this::look);
                        }))
        .compose(
            swept ->
                !left[0] && hour < FileTasks.hourOf(clock.instant()) - HOURS_KEPT
                    ? todo.hourDone(hour)
                    : Future.succeededFuture(Nothing.NOTHING));
  }

  private Future<Nothing> look(Task task) {
    return table
        .find(task.fileId())
        .compose(found -> found.isPresent() ? look(task, found.get()) : forget(task))
        .recover(
            failure -> {
              // Its writer may just have gone on; what is left is for the next sweep.
              LOG.debug("File {} is looked at again", task.fileId(), failure);
              return Future.succeededFuture(Nothing.NOTHING);
            });
  }

  private Future<Nothing> look(Task task, FileRow row) {
    return switch (row.state()) {
      case OPEN -> giveUpIfOld(row);
      case CHECKING -> {
        scans.begin(row);
        yield Future.succeededFuture(Nothing.NOTHING);
      }
      case COMPLETE -> todo.done(task);
      case REFUSED, SWEPT, DELETED -> removeIfOver(task, row);
    };
  }

  /** The row stays for a while, so that callers learn why the file is gone. */
  private Future<Nothing> removeIfOver(Task task, FileRow row) {
    return isOld(row)
        ? removal
            .removeBytes(row)
            .compose(removed -> table.remove(row))
            .compose(removed -> todo.done(task))
        : removal.removeLeftBytes(row);
  }

  private Future<Nothing> giveUpIfOld(FileRow row) {
    return isOld(row) ? removal.end(row) : Future.succeededFuture(Nothing.NOTHING);
  }

  private boolean isOld(FileRow row) {
    return !row.touchedAt().plus(config.unfinishedAfter()).isAfter(clock.instant());
  }

  /** The file was never made, or is removed already. */
  private Future<Nothing> forget(Task task) {
    return FileTasks.hourOf(clock.instant()) < task.hour() + HOURS_TO_BEGIN
        ? Future.succeededFuture(Nothing.NOTHING)
        : quota
            .forget(task.appId(), task.senderId(), task.fileId())
            .compose(forgotten -> todo.done(task));
  }

  private static <T> Future<Nothing> each(List<T> all, Function<T, Future<Nothing>> each) {
    return next(all.iterator(), each);
  }

  private static <T> Future<Nothing> next(Iterator<T> rest, Function<T, Future<Nothing>> each) {
    return rest.hasNext()
        ? each.apply(rest.next()).compose(done -> next(rest, each))
        : Future.succeededFuture(Nothing.NOTHING);
  }
}
