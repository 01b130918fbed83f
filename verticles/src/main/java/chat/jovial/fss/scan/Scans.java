package chat.jovial.fss.scan;

import chat.jovial.contract.Nothing;
import chat.jovial.fss.removal.FileRemoval;
import chat.jovial.fss.scan.MalwareScanner.Verdict;
import chat.jovial.fss.store.FileFacts;
import chat.jovial.fss.store.FileRow;
import chat.jovial.fss.store.FileState;
import chat.jovial.fss.store.FileTable;
import chat.jovial.fss.store.FileTasks;
import chat.jovial.fss.store.FssTables;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queue of malware scans, if the operator has configured a scanner. A file without a verdict stays
 * unreadable, and is scanned again at each sweep. One for each node, any thread.
 */
public final class Scans {
  private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

  /** Files that a node has scanned at once; the others wait for a sweep. */
  private static final int MAX_AT_ONCE = 8;

  private final Optional<MalwareScanner> scanner;
  private final FileTable table;
  private final FileTasks todo;
  private final FileRemoval removal;
  private final Clock clock;
  private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

  public Scans(
      Optional<MalwareScanner> scanner, FssTables tables, FileRemoval removal, Clock clock) {
    this.scanner = scanner;
    this.table = tables.files();
    this.todo = tables.tasks();
    this.removal = removal;
    this.clock = clock;
  }

  public boolean isOn() {
    return scanner.isPresent();
  }

  /** Starts the scan of a file, unless one is in progress here. */
  public void begin(FileRow row) {
    String fileId = row.fileId();
    if (inProgress.size() >= MAX_AT_ONCE || !inProgress.add(fileId)) {
      return;
    }
    verdict(row)
        .compose(verdict -> apply(row, verdict))
        .onComplete(
            done -> {
              inProgress.remove(fileId);
              if (done.failed()) {
                LOG.warn(
                    "File {} is not scanned: {}",
                    fileId,
                    String.valueOf(done.cause().getMessage()));
              }
            });
  }

  /** Without a scanner (any more) there is nothing to wait for. */
  private Future<Verdict> verdict(FileRow row) {
    FileFacts facts = row.facts();
    return scanner.isEmpty() || facts == null
        ? Future.succeededFuture(new Verdict.Clean())
        : scanner.get().scan(row.fileId(), row.place(), facts.size());
  }

  private Future<Nothing> apply(FileRow row, Verdict verdict) {
    if (verdict instanceof Verdict.Infected infected) {
      LOG.warn(
          "File {} of user {} is refused: {}",
          row.fileId(),
          row.place().senderId(),
          infected.what());
      return removal.refuse(row);
    }
    return table
        .change(row, FileState.COMPLETE, clock.instant())
        .compose(done -> todo.done(FileTasks.task(row.fileId(), row.place(), row.createdAt())));
  }
}
