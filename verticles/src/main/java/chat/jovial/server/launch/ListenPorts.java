package chat.jovial.server.launch;

import chat.jovial.config.Setting;
import chat.jovial.server.settings.AllSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Check of ports before anything slow is started. */
public final class ListenPorts {
  private ListenPorts() {}

  /**
   * Fails with a message that names the port and its setting if somebody listens there; 0 is always
   * fine. Blocks for a moment.
   */
  public static void checkFree(String what, String host, int port, String key) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new StartFailure(
            "The host %s, on which %s is to be served, is not known here.".formatted(host, what),
            null);
      }
      socket.bind(address);
    } catch (IOException e) {
      Setting<?> setting = AllSettings.named(key);
      throw new StartFailure(
          ("Port %d on %s, on which %s is to be served, cannot be used (%s). Stop the program that"
                  + " uses it, or give another one with %s or %s; 0 picks a free one.")
              .formatted(
                  port,
                  host,
                  what,
                  e.getMessage(),
                  setting.environmentVariable(),
                  setting.flagName()),
          e);
    }
  }
}
