package chat.jovial.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the folders of the stores, readable by the owner alone. */
final class Folders {
  private static final int BYTES_PER_MIB = 1024 * 1024;

  private Folders() {}

  /** Creates the folder with mode 0700; one that exists keeps its mode. Blocks on the disk. */
  static Path create(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.createDirectories(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
          Files.createDirectories(folder);
        }
      }
      Files.delete(Files.createTempFile(folder, ".writable", ""));
      return folder;
    } catch (IOException e) {
      throw new EmbeddedStoreException(
          "The folder "
              + folder.toAbsolutePath()
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "). Give this user the right to write there, free some space,"
              + " or set JOVIAL_DATA_DIR to another folder.",
          e);
    }
  }

  static void createParent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      create(parent);
    }
  }

  /**
   * Refuses a disk with less free space than that, where a store would fail soon after its start.
   */
  static void requireFreeSpace(Path folder, int mebibytes) {
    try {
      FileStore disk = Files.getFileStore(folder);
      long free = disk.getUsableSpace() / BYTES_PER_MIB;
      if (free < mebibytes) {
        throw new EmbeddedStoreException(
            "The disk of "
                + folder.toAbsolutePath()
                + " has only "
                + free
                + " MiB free and the embedded stores need at least "
                + mebibytes
                + " MiB. Free some space or set JOVIAL_DATA_DIR to a folder on another disk.");
      }
    } catch (IOException e) {
      throw new EmbeddedStoreException(
          "Cannot determine how much space is free on the disk of " + folder.toAbsolutePath(), e);
    }
  }
}
