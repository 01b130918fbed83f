package chat.jovial.config;

import java.nio.file.Path;

/** Folder where {@code conf/} and {@code webroot/} are: a source tree or an installation. */
public final class ProjectHome {
  /** Set by the launcher script. */
  private static final String PROPERTY = "jovial.home";

  /** Set by the launcher script to its own path: {@code bin/jovial} in an installation. */
  private static final String LAUNCHER_PROPERTY = "jovial.launcher";

  private ProjectHome() {}

  public static Path path() {
    return Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize();
  }

  /** The launcher script, which starts further servers. */
  public static Path launcher() {
    String launcher = System.getProperty(LAUNCHER_PROPERTY);
    return launcher == null ? path().resolve("jovial") : Path.of(launcher);
  }
}
