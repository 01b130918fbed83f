package chat.jovial.embedded;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one file of the MongoDB server: opened, committed, kept small. */
final class MongoFile implements GroupCommit.Store, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MongoFile.class);

  private static final String NAME = "mongo.mv";

  private static final int CACHE_MIB = 16;

  /** How often the file is looked at for space to win back. */
  private static final long COMPACT_PERIOD_SECONDS = 10;

  private static final long EXPIRY_PERIOD_SECONDS = 60;

  /** Percent of live data in the used part of the file below which it is rewritten. */
  private static final int COMPACT_FILL_RATE = 50;

  /** Rewritten at a time, in bytes: commands wait for that long. */
  private static final int COMPACT_STEP_BYTES = 1024 * 1024;

  private final MVStore store;
  private final boolean syncToDisk;
  private final GroupCommit commits = new GroupCommit(this);
  private final CompletableFuture<EmbeddedStoreException> failed = new CompletableFuture<>();
  private final ScheduledExecutorService housekeeper;

  private MongoFile(MVStore store, boolean syncToDisk) {
    this.store = store;
    this.syncToDisk = syncToDisk;
    this.housekeeper =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "mongo-housekeeping");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        housekeeper.scheduleWithFixedDelay(
            this::compact, COMPACT_PERIOD_SECONDS, COMPACT_PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  static MongoFile open(MongoSettings settings) {
    Path file = settings.dataDirectory().resolve(NAME);
    try {
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toString())
              .cacheSize(CACHE_MIB)
              // No commit but ours: one in the middle of a command could survive without its rest.
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      return new MongoFile(store, settings.syncToDisk());
    } catch (MVStoreException e) {
      throw new EmbeddedStoreException(
          "The file "
              + file
              + " of the embedded MongoDB server cannot be opened: "
              + e.getMessage()
              + ". If another server uses it, stop that one; if it is damaged, restore it from a"
              + " backup.",
          e);
    }
  }

  MVStore store() {
    return store;
  }

  GroupCommit commits() {
    return commits;
  }

  /** Completes when the file can no longer be written; every command fails from then on. */
  CompletableFuture<EmbeddedStoreException> failed() {
    return failed;
  }

  /** Runs the work again and again on the housekeeping thread, as often as MongoDB expires. */
  void everyMinute(Runnable work) {
    var unused =
        housekeeper.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) { // Or it would never run again.
                LOG.warn("Housekeeping failed", e);
              }
            },
            EXPIRY_PERIOD_SECONDS,
            EXPIRY_PERIOD_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public void commit() {
    orFail(
        () -> {
          store.commit();
          // A store that closed itself after an error commits nothing and says nothing.
          if (store.isClosed() || store.hasUnsavedChanges()) {
            throw new IllegalStateException("the store is closed", store.getPanicException());
          }
        });
  }

  @Override
  public void sync() {
    if (syncToDisk) {
      orFail(store::sync);
    }
  }

  @Override
  public void close() {
    housekeeper.shutdownNow();
  }

  private void compact() {
    try {
      commits.alone(
          () -> {
            if (!store.isClosed() && store.compact(COMPACT_FILL_RATE, COMPACT_STEP_BYTES)) {
              LOG.debug("Compacted {}", store.getFileStore().getFileName());
            }
          });
    } catch (RuntimeException e) {
      LOG.warn("Compaction of {} failed", store.getFileStore().getFileName(), e);
    }
  }

  private void orFail(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      EmbeddedStoreException failure =
          new EmbeddedStoreException(
              "The embedded MongoDB server can no longer write "
                  + store.getFileStore().getFileName()
                  + " ("
                  + e.getMessage()
                  + "). Is the disk full? Nothing that was acknowledged is lost; start again when"
                  + " there is space.",
              e);
      failed.complete(failure);
      throw failure;
    }
  }
}
