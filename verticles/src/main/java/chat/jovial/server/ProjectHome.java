package chat.jovial.server;

import java.nio.file.Path;

/** The folder of the launcher script, where {@code conf/} and {@code webroot/} are. */
final class ProjectHome {
  /** Set by the launcher script. */
  static final String PROPERTY = "jovial.home";

  private ProjectHome() {}

  static Path path() {
    return Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize();
  }
}
