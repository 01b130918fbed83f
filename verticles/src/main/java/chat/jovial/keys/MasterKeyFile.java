package chat.jovial.keys;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Master keys in a file, one in each line. The file is read again when it has changed, so that a
 * new key needs no restart. Any thread; what touches the disk says so.
 */
final class MasterKeyFile implements MasterKeys {
  private static final Logger LOG = LoggerFactory.getLogger(MasterKeyFile.class);
  private static final String OWNER_ONLY = "rw-------";
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");
  private static final String HEADER =
      "# Jovial's master key. Without it nothing that was written can be read again: keep a copy"
          + " elsewhere. See docs/operations.md.";

  private final Path path;
  private volatile MasterKeyRing ring;
  private volatile String readAs = "";

  private MasterKeyFile(Path path) throws IOException {
    this.path = path;
    this.readAs = state();
    this.ring = read();
  }

  /**
   * Blocks on the disk.
   *
   * @param make whether a file that is not there is made; who makes it first has made it for all
   */
  static MasterKeyFile open(Path path, boolean make) {
    try {
      if (make && !Files.exists(path)) {
        make(path);
      }
      if (!Files.exists(path)) {
        throw new MasterKeyException(
            "There is no file "
                + path
                + ", but content that is encrypted. Copy the file from another node or from"
                + " your backup of it.");
      }
      return new MasterKeyFile(path);
    } catch (IOException e) {
      throw new MasterKeyException("The master key cannot be read: " + e, e);
    }
  }

  /** Reads it again if it has changed; what cannot be read changes nothing. Blocks on the disk. */
  void readAgain() {
    try {
      String now = state();
      if (!now.equals(readAs)) {
        readAs = now;
        ring = read();
        LOG.info("The master keys are {} now; {} wraps", ring.ids(), ring.wrapsWith());
      }
    } catch (IOException | MasterKeyException e) {
      LOG.error("The master keys stay as they were: {}", e.getMessage());
    }
  }

  private String state() throws IOException {
    return Files.getLastModifiedTime(path) + " " + Files.size(path);
  }

  private MasterKeyRing read() throws IOException {
    warnOfOthers();
    return MasterKeyRing.of(Files.readAllLines(path), path.toString());
  }

  private void warnOfOthers() throws IOException {
    try {
      Set<PosixFilePermission> all = Files.getPosixFilePermissions(path);
      if (all.stream().anyMatch(OF_OTHERS::contains)) {
        LOG.warn("{} can be read by others than its owner: chmod 600 {}", path, path);
      }
    } catch (UnsupportedOperationException e) {
      LOG.debug("{} has no permissions of this kind", path);
    }
  }

  private static void make(Path path) throws IOException {
    byte[] key = new byte[MasterKey.BYTES];
    new SecureRandom().nextBytes(key);
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path draft = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID());
    try {
      Files.createFile(
          draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    } catch (UnsupportedOperationException e) {
      Files.createFile(draft);
    }
    try {
      Files.write(draft, List.of(HEADER, MasterKey.text(key)));
      try (var channel =
          java.nio.channels.FileChannel.open(draft, java.nio.file.StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      publish(draft, path);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Whole or not at all, and never over one that another process has just made. */
  private static void publish(Path draft, Path path) throws IOException {
    try {
      Files.createLink(path, draft);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by another process meanwhile", path);
    } catch (UnsupportedOperationException | FileSystemException e) {
      // A file system without links.
      Files.move(draft, path);
    }
  }

  @Override
  public String wrapsWith() {
    return ring.wrapsWith();
  }

  @Override
  public Set<String> ids() {
    return ring.ids();
  }

  @Override
  public String origin() {
    return ring.origin();
  }

  @Override
  public Future<WrappedKey> wrap(byte[] dataKey) {
    return ring.wrap(dataKey);
  }

  @Override
  public Future<byte[]> unwrap(WrappedKey wrapped) {
    return ring.unwrap(wrapped);
  }
}
