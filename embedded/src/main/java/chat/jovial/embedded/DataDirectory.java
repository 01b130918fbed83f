package chat.jovial.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data folder of one server, held by one process at a time.
 *
 * <p>The hold is an operating system file lock: it ends with the process, however that ends, so a
 * killed server leaves nothing to clean up.
 */
public final class DataDirectory implements AutoCloseable {
  static final String LOCK_FILE = "lock";
  private static final String INSTANCE_ID_FILE = "instance-id";

  private final Path path;
  private final FileChannel channel;
  private final String instanceId;

  private DataDirectory(Path path, FileChannel channel, String instanceId) {
    this.path = path;
    this.channel = channel;
    this.instanceId = instanceId;
  }

  /**
   * Creates the folder if necessary and locks it for this process. Blocks on the disk.
   *
   * @throws EmbeddedStoreException if another process holds it or it cannot be written
   */
  public static DataDirectory open(Path directory) {
    Path path = Folders.create(directory.toAbsolutePath().normalize());
    Path lockFile = path.resolve(LOCK_FILE);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              lockFile,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        String holder = Files.readString(lockFile, StandardCharsets.US_ASCII).strip();
        channel.close();
        throw new EmbeddedStoreException(
            "The data folder "
                + path
                + " is in use by process "
                + (holder.isEmpty() ? "(unknown)" : holder)
                + ". Stop that server first, or give this one its own folder with JOVIAL_DATA_DIR.");
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return new DataDirectory(path, channel, readOrMakeInstanceId(path));
    } catch (IOException e) {
      closeAfter(e, channel);
      throw new EmbeddedStoreException("Cannot use the data folder " + path + ": " + e, e);
    }
  }

  public Path path() {
    return path;
  }

  /** A random id made at first use of the folder and kept with the data. */
  public String instanceId() {
    return instanceId;
  }

  /** Lets the folder go. The lock file stays: removing it would let two processes hold it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot let go of the data folder " + path, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // Held by this very process.
    }
  }

  private static String readOrMakeInstanceId(Path path) throws IOException {
    Path file = path.resolve(INSTANCE_ID_FILE);
    if (!Files.exists(file)) {
      Path draft = path.resolve(INSTANCE_ID_FILE + ".new");
      Files.writeString(draft, UUID.randomUUID().toString());
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  private static void closeAfter(IOException failure, @Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
