package chat.jovial.bench.chaos.subject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cuts by routing rules. The launcher, when it may, runs us in a network of our own that consists
 * of a loopback device; each node runs there as a user of its own, and what a user's sockets send
 * can be dropped by where it goes. Neither side is told, as with a cable that is pulled out:
 * connections stay open, and what was sent arrives when it is mended, unless someone gave up.
 */
final class PrivateNetwork implements NodeCuts {
  /** Set by the launcher. */
  private static final String PRIVATE = "jovial.chaos.network";

  /** Users that nobody else has. */
  private static final int FIRST_USER = 52_001;

  /** Rules are asked in order of their preference; ours come before the one for all of loopback. */
  private static final int LOCAL_RULE = 1000;

  private static final int FIRST_RULE = 100;
  private static final int RULES_PER_NODE = 20;

  private final Map<Integer, List<Integer>> servedPorts;
  private final List<Integer> storePorts;

  /**
   * @param servedPorts of each node, those at which clients are served
   * @param storePorts where the stores listen
   */
  private PrivateNetwork(Map<Integer, List<Integer>> servedPorts, List<Integer> storePorts) {
    this.servedPorts = new TreeMap<>(servedPorts);
    this.storePorts = List.copyOf(storePorts);
  }

  static boolean isPrivate() {
    return "private".equals(System.getProperty(PRIVATE));
  }

  static int user(int node) {
    return FIRST_USER + node;
  }

  static PrivateNetwork prepare(Map<Integer, List<Integer>> servedPorts, List<Integer> storePorts) {
    ip("rule add pref " + LOCAL_RULE + " lookup local");
    ip("rule del pref 0");
    return new PrivateNetwork(servedPorts, storePorts);
  }

  /** All that it sends is dropped but for what goes to clients and stores. */
  @Override
  public AutoCloseable fromNodes(int node) {
    List<String> rules = new ArrayList<>();
    servedPorts
        .getOrDefault(node, List.of())
        .forEach(port -> rules.add("ipproto tcp sport " + port + " lookup local"));
    storePorts.forEach(port -> rules.add("ipproto tcp dport " + port + " lookup local"));
    rules.add("blackhole");
    return apply(node, rules);
  }

  @Override
  public AutoCloseable fromStores(int node) {
    return apply(
        node, storePorts.stream().map(port -> "ipproto tcp dport " + port + " blackhole").toList());
  }

  private static AutoCloseable apply(int node, List<String> rules) {
    int first = FIRST_RULE + node * RULES_PER_NODE;
    // The last one first: what is to pass is not to be cut for a moment.
    int preference = first;
    List<String> made = new ArrayList<>();
    for (String rule : rules) {
      made.add("pref " + preference++ + " uidrange " + user(node) + "-" + user(node) + " " + rule);
    }
    made.forEach(rule -> ip("rule add " + rule));
    return () -> {
      for (int i = made.size() - 1; i >= 0; i--) {
        ip("rule del " + made.get(i));
      }
    };
  }

  private static void ip(String arguments) {
    List<String> command = Stream.concat(Stream.of("ip"), Stream.of(arguments.split(" "))).toList();
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new IllegalStateException(command.stream().collect(Collectors.joining(" ")), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Lets the users of nodes walk through a folder to their own. */
  static void letThrough(Path folder) throws IOException {
    Files.setPosixFilePermissions(
        folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwx--x--x"));
  }
}
