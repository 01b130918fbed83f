package chat.jovial.embedded.child;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Lock on the data folder, held until this JVM exits. A parent that starts after another was killed
 * waits for it, so that two Cassandras never write the same commit log.
 */
final class DataLock {
  /** Kept so that the lock is not collected with its channel. */
  @SuppressWarnings("unused")
  private static @Nullable FileLock held;

  private DataLock() {}

  static void acquire(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException("another Cassandra already runs on the data beside " + file);
    }
    held = lock;
  }
}
