package chat.jovial.server.launch;

import picocli.CommandLine.IVersionProvider;

/** The version that was built, from the jar's manifest. */
public final class Version implements IVersionProvider {
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Jovial Chat " + current()};
  }
}
