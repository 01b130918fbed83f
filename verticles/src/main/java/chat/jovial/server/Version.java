package chat.jovial.server;

import picocli.CommandLine.IVersionProvider;

/** The version that was built, from the jar's manifest. */
final class Version implements IVersionProvider {
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Jovial Chat " + current()};
  }
}
