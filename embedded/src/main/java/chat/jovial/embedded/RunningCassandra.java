package chat.jovial.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lookup of the address of a running server's embedded Cassandra, for commands beside it. The
 * configuration that is written at each start has it.
 */
public final class RunningCassandra {
  private static final Pattern HOST = Pattern.compile("(?m)^rpc_address: (\\S+)$");
  private static final Pattern PORT = Pattern.compile("(?m)^native_transport_port: (\\d+)$");

  private RunningCassandra() {}

  /**
   * Blocks on the disk.
   *
   * @param dataDirectory of a server, or of a cluster on this machine
   * @return the addresses; empty if no server runs on that folder
   */
  public static List<InetSocketAddress> in(Path dataDirectory) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    if (!isHeld(dataDirectory)) {
      return addresses;
    }
    CassandraSettings alone = CassandraSettings.in(dataDirectory.resolve("cassandra"));
    addIfWritten(CassandraConfiguration.yaml(alone), addresses);
    for (int index = 0; index < CassandraRing.SIZE; index++) {
      Path member = dataDirectory.resolve(CassandraRing.name(index));
      addIfWritten(CassandraConfiguration.yaml(CassandraSettings.in(member)), addresses);
    }
    return addresses;
  }

  public static String datacenter() {
    return CassandraConfiguration.DATA_CENTER;
  }

  private static boolean isHeld(Path dataDirectory) {
    try {
      String holder = Files.readString(dataDirectory.resolve(DataDirectory.LOCK_FILE)).strip();
      return holder.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(holder)).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static void addIfWritten(Path yaml, List<InetSocketAddress> addresses) {
    try {
      String text = Files.readString(yaml);
      Matcher host = HOST.matcher(text);
      Matcher port = PORT.matcher(text);
      if (host.find() && port.find()) {
        addresses.add(new InetSocketAddress(host.group(1), Integer.parseInt(port.group(1))));
      }
    } catch (IOException e) {
      // Not one of this kind.
    }
  }
}
