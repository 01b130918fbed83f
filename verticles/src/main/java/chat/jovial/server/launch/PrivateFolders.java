package chat.jovial.server.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Maker of folders that only their owner may enter, before anything else makes them. */
public final class PrivateFolders {
  private PrivateFolders() {}

  /**
   * Makes the folder, and the missing ones above it, with mode 0700; one that exists keeps its
   * mode. Blocks on the disk.
   */
  public static void create(Path folder) {
    try {
      if (Files.isDirectory(folder)) {
        return;
      }
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new StartFailure(
          "The folder %s cannot be made (%s). Give this user the right to write there, or set JOVIAL_DATA_DIR to another folder."
              .formatted(folder, e),
          e);
    }
  }
}
