package chat.jovial.bench.subject;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a built tree: where the launcher script is. */
public record ProjectHome(Path folder) {
  /** Set by the launcher script. */
  private static final String PROPERTY = "jovial.home";

  private static final String LAUNCHER = "jovial";

  /** The folder that the launcher named, or else the first one above the present one. */
  public static ProjectHome find() {
    String given = System.getProperty(PROPERTY);
    Path from = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(LAUNCHER))
          && !Files.isDirectory(folder.resolve(LAUNCHER))) {
        return new ProjectHome(folder);
      }
    }
    throw new IllegalStateException(
        "There is no launcher script 'jovial' in or above "
            + from
            + ". Run the bench as ./jovial bench, or give a running server with --target.");
  }

  Path launcher() {
    return folder.resolve(LAUNCHER);
  }
}
