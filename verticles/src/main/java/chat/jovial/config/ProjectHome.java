package chat.jovial.config;

import java.nio.file.Path;

/** The folder of the launcher script, where {@code conf/} and {@code webroot/} are. */
public final class ProjectHome {
  /** Set by the launcher script. */
  private static final String PROPERTY = "jovial.home";

  private ProjectHome() {}

  public static Path path() {
    return Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize();
  }
}
