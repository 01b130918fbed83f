package chat.jovial.embedded.local;

import chat.jovial.embedded.EmbeddedStoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Data folder of a cluster on one machine. It is marked, and so are its nodes' folders, so that a
 * single node does not put its data there, nor a cluster its data into the folder of a node.
 */
public final class ClusterFolder {
  private static final String MARK = "of-a-cluster";

  /** Exists when all tables have been created. */
  private static final String COMPLETE = "complete";

  private static final String PROCESSES = "processes.json";

  private final Path path;

  private ClusterFolder(Path path) {
    this.path = path;
  }

  /**
   * Refuses a folder of a cluster as the data folder of a server with embedded stores.
   *
   * @throws EmbeddedStoreException naming what to do instead
   */
  public static void refuse(Path dataDirectory) {
    if (Files.exists(dataDirectory.resolve(MARK))) {
      throw new EmbeddedStoreException(
          "The data folder "
              + dataDirectory
              + " belongs to a cluster: its data are in the cluster's stores. Start it with ./jovial"
              + " cluster, or give this server another folder with JOVIAL_DATA_DIR.");
    }
  }

  /** Opens a folder that is new or was a cluster's before. */
  static ClusterFolder open(Path path) {
    try {
      Files.createDirectories(path);
      if (!Files.exists(path.resolve(MARK))) {
        // Logs may have begun already.
        try (DirectoryStream<Path> entries =
            Files.newDirectoryStream(path, entry -> !entry.endsWith("logs"))) {
          if (entries.iterator().hasNext()) {
            throw new EmbeddedStoreException(
                "The folder "
                    + path
                    + " holds the data of a single node, or something else. A cluster needs a folder of"
                    + " its own: give it one with JOVIAL_DATA_DIR.");
          }
        }
      }
      ClusterFolder folder = new ClusterFolder(path);
      mark(path);
      return folder;
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot use the folder " + path + ": " + e, e);
    }
  }

  Path path() {
    return path;
  }

  /** The data folder of a node, marked. */
  Path ofNode(String name) {
    Path node = path.resolve(name);
    try {
      Files.createDirectories(node);
      mark(node);
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot use the folder " + node + ": " + e, e);
    }
    return node;
  }

  boolean isComplete() {
    return Files.exists(path.resolve(COMPLETE));
  }

  void markComplete() {
    try {
      if (!isComplete()) {
        Files.createFile(path.resolve(COMPLETE));
      }
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot write in " + path + ": " + e, e);
    }
  }

  /** For programs that want to know what runs; replaced whole at each change. */
  void writeProcesses(List<LocalProcess> processes, String mongo) {
    String json =
        "{\"pid\": %d,%n \"mongo\": \"%s\",%n \"processes\": [%n  %s]}%n"
            .formatted(
                ProcessHandle.current().pid(),
                mongo,
                processes.stream()
                    .map(LocalProcess::json)
                    .collect(Collectors.joining("," + System.lineSeparator() + "  ")));
    try {
      Path draft = path.resolve(PROCESSES + ".new");
      Files.writeString(draft, json);
      Files.move(draft, path.resolve(PROCESSES), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedStoreException("Cannot write in " + path + ": " + e, e);
    }
  }

  private static void mark(Path folder) throws IOException {
    Path mark = folder.resolve(MARK);
    if (!Files.exists(mark)) {
      Files.writeString(mark, "Made by ./jovial cluster; see docs/operations.md.\n");
    }
  }
}
