package chat.jovial.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * Settings of the embedded MongoDB wire server.
 *
 * @param dataDirectory folder of its one file; made if it is missing
 * @param listenHost a loopback address: this server has no passwords
 * @param port port for clients; 0 picks a free one at each start
 * @param syncToDisk whether a write is forced to the disk before it is answered. With {@code false}
 *     it survives the death of the process but not a power cut
 */
public record MongoSettings(Path dataDirectory, String listenHost, int port, boolean syncToDisk) {
  private static final int MAX_PORT = 65535;

  public MongoSettings {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    if (!isLoopback(listenHost)) {
      throw new IllegalArgumentException(
          "The embedded MongoDB server has no passwords and listens on a loopback address only, not"
              + " on "
              + listenHost
              + ". For another host run a MongoDB of your own and set JOVIAL_MONGO_URI.");
    }
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "JOVIAL_MONGO_PORT must be 0 to " + MAX_PORT + ", not " + port);
    }
  }

  /** Free port, writes forced to the disk. */
  public static MongoSettings in(Path dataDirectory) {
    return new MongoSettings(dataDirectory, "127.0.0.1", 0, true);
  }

  public MongoSettings withPort(int newPort) {
    return new MongoSettings(dataDirectory, listenHost, newPort, syncToDisk);
  }

  public MongoSettings withSyncToDisk(boolean sync) {
    return new MongoSettings(dataDirectory, listenHost, port, sync);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
