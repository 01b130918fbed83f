package chat.jovial.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP addresses on which a process listens, as Linux shows them in {@code /proc}. */
final class Listening {
  private static final String LISTEN = "0A";

  private Listening() {}

  static List<InetSocketAddress> addressesOf(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> sockets;
    try (Stream<Path> files = Files.list(process.resolve("fd"))) {
      sockets = files.map(Listening::target).collect(Collectors.toSet());
    }
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      List<String> lines = Files.readAllLines(process.resolve(table));
      for (String line : lines.subList(1, lines.size())) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns[3].equals(LISTEN) && sockets.contains("socket:[" + columns[9] + "]")) {
          addresses.add(parse(columns[1]));
        }
      }
    }
    return addresses;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // Closed since it was listed.
    }
  }

  /** Hexadecimal 32 bit words in the byte order of the machine, a colon, the port. */
  private static InetSocketAddress parse(String text) throws IOException {
    String[] parts = text.split(":", -1);
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(parts[0]));
    ByteBuffer bytes = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      bytes.putInt(words.getInt());
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(bytes.array()), Integer.parseInt(parts[1], 16));
  }
}
