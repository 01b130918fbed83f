package chat.jovial.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Finder of free ports; names busy ones in its failures. */
public final class Ports {
  /** Below those of outgoing connections, which begin at 32768 on Linux and at 49152 elsewhere. */
  private static final int LOWEST = 20_000;

  private static final int PORTS = 12_000;

  private Ports() {}

  /**
   * Ports that were free just now, all different. Another process may take one before it is used:
   * the caller must cope with that. They are not among those that the system gives to outgoing
   * connections: otherwise a restart on the same port would sometimes find it in use.
   */
  public static List<Integer> free(String host, int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      InetAddress address = InetAddress.getByName(host);
      int start = ThreadLocalRandom.current().nextInt(PORTS);
      try {
        for (int i = 0; i < PORTS && sockets.size() < count; i++) {
          bind(address, LOWEST + (start + i) % PORTS).ifPresent(sockets::add);
        }
        if (sockets.size() < count) {
          throw new EmbeddedStoreException("There are not " + count + " free ports on " + host);
        }
        return sockets.stream().map(ServerSocket::getLocalPort).toList();
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new EmbeddedStoreException("No free port on " + host + ": " + e.getMessage(), e);
    }
  }

  private static Optional<ServerSocket> bind(InetAddress address, int port) {
    try {
      return Optional.of(new ServerSocket(port, 1, address));
    } catch (IOException inUse) {
      return Optional.empty();
    }
  }

  /** Fails with a message that names the port and the setting if somebody listens there. */
  static void requireFree(String store, String host, int port, String setting) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw busy(store, host, port, setting, e);
    }
  }

  static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static EmbeddedStoreException busy(
      String store, String host, int port, String setting, Throwable cause) {
    return new EmbeddedStoreException(
        "Port "
            + port
            + " on "
            + host
            + ", which the embedded "
            + store
            + " wants, is in use ("
            + cause.getMessage()
            + "). Stop the program that uses it, or set "
            + setting
            + " to another port (0 picks a free one).",
        cause);
  }
}
