package chat.jovial.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Wait for the Cassandra of a previous server that was killed: it exits within milliseconds after
 * its parent, but may still hold the data when the next server starts.
 */
final class PreviousProcess {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** File locks cannot be waited for with a limit, so they are polled this often. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private PreviousProcess() {}

  /** Blocks until no process holds the lock file. */
  static void awaitEnd(Path lockFile) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      while (lock == null) {
        if (System.nanoTime() > deadline) {
          throw new EmbeddedStoreException(
              "Another Cassandra still runs on the data in "
                  + lockFile.getParent()
                  + ". Find it (ps ax | grep CassandraChild) and stop it.");
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        lock = channel.tryLock();
      }
      lock.release();
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot use " + lockFile + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStoreException("Interrupted while waiting for " + lockFile, e);
    }
  }
}
