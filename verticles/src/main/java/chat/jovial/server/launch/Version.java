package chat.jovial.server.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version of this build, from which commit, and on what it runs. */
public final class Version implements IVersionProvider {
  /** Filled in by the build. */
  private static final String BUILD = "build.properties";

  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public String[] getVersion() {
    Properties build = build();
    return new String[] {
      "Jovial Chat " + current() + ", commit " + known(build, "commit"),
      "Java "
          + System.getProperty("java.version")
          + " ("
          + System.getProperty("java.vendor")
          + "), "
          + System.getProperty("os.name")
          + " "
          + System.getProperty("os.arch"),
      "Embedded stores: Cassandra "
          + known(build, "cassandra")
          + ", MongoDB wire server "
          + known(build, "mongo"),
    };
  }

  /** A build without Git, from an archive of the sources, knows no commit. */
  private static String known(Properties build, String name) {
    String value = build.getProperty(name, "");
    return value.isEmpty() || value.contains("$") ? "unknown" : value;
  }

  private static Properties build() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(BUILD)) {
      if (in != null) {
        properties.load(in);
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
