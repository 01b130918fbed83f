package chat.jovial.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Finds free ports and names busy ones. */
public final class Ports {

  private Ports() {}

  /**
   * Ports that were free just now, all different. Another process may take one before it is used:
   * the caller must cope with that.
   */
  public static List<Integer> free(String host, int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      try {
        for (int i = 0; i < count; i++) {
          sockets.add(new ServerSocket(0, 1, InetAddress.getByName(host)));
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
