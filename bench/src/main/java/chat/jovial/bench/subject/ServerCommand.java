package chat.jovial.bench.subject;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Command that starts a server.
 *
 * @param words program and arguments
 * @param folder where it runs
 */
public record ServerCommand(List<String> words, Path folder) {
  /** Set by the launcher script. */
  private static final String HOME = "jovial.home";

  /** Set by the launcher script to its own path. */
  private static final String LAUNCHER_PROPERTY = "jovial.launcher";

  private static final String LAUNCHER = "jovial";

  public ServerCommand {
    words = List.copyOf(words);
  }

  /** The launcher script that started us, or else the first one in or above this folder. */
  public static ServerCommand launcher() {
    String given = System.getProperty(HOME);
    Path from = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
    String named = System.getProperty(LAUNCHER_PROPERTY);
    if (named != null) {
      return new ServerCommand(List.of(named, "start"), from);
    }
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      Path launcher = folder.resolve(LAUNCHER);
      if (Files.isRegularFile(launcher) && Files.isExecutable(launcher)) {
        return new ServerCommand(List.of(launcher.toString(), "start"), folder);
      }
    }
    throw new IllegalStateException(
        "There is no launcher script '"
            + LAUNCHER
            + "' in or above "
            + from
            + ". Run this as ./jovial bench, or give a running server with --target.");
  }
}
