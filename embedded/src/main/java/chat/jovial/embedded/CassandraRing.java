package chat.jovial.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Three embedded Cassandras on 127.0.0.1, .2 and .3, one cluster: with three copies of each row and
 * LOCAL_QUORUM any one of them may be lost. Each is a child JVM that exits with this process.
 */
public final class CassandraRing implements AutoCloseable {
  private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");

  /** Copies of each row that this ring can hold. */
  public static final int SIZE = HOSTS.size();

  /** The default port of cqlsh; used if it is free when the ring is created. */
  private static final int USUAL_NATIVE_PORT = 9042;

  private static final int USUAL_STORAGE_PORT = 7010;

  private static final String PORTS_FILE = "cassandra-ports";
  private static final String NATIVE = "native";
  private static final String STORAGE = "storage";

  private final List<EmbeddedCassandra> members;

  private CassandraRing(List<EmbeddedCassandra> members) {
    this.members = List.copyOf(members);
  }

  /**
   * Starts all three and returns at once; completes when all serve. If one fails, the others are
   * closed before the future fails.
   *
   * @param folder contains their data, ports and logs
   * @param heapMiB largest heap of each
   * @param restarts whether one that crashed is started again by itself
   */
  public static CompletableFuture<CassandraRing> start(Path folder, int heapMiB, boolean restarts) {
    List<CompletableFuture<EmbeddedCassandra>> starts;
    try {
      RingPorts ports = ports(Folders.create(folder.toAbsolutePath().normalize()));
      starts =
          IntStream.range(0, SIZE)
              .mapToObj(
                  index ->
                      EmbeddedCassandra.start(
                          settings(folder, index, ports, heapMiB).withRestarts(restarts)))
              .toList();
    } catch (EmbeddedStoreException e) {
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new))
        .handle(
            (all, failure) -> {
              if (failure != null) {
                starts.forEach(CassandraRing::closeIfStarted);
                throw failure instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failure);
              }
              return new CassandraRing(starts.stream().map(CompletableFuture::join).toList());
            });
  }

  /** The three, in the order of their addresses. */
  public List<EmbeddedCassandra> members() {
    return members;
  }

  public List<InetSocketAddress> contactPoints() {
    return members.stream().map(EmbeddedCassandra::contactPoint).toList();
  }

  public String localDatacenter() {
    return members.get(0).localDatacenter();
  }

  /** Stops all at the same time. Blocks, 8 s at most, 10 s when classes are recorded. */
  @Override
  public void close() {
    CompletableFuture.allOf(
            members.stream()
                .map(member -> CompletableFuture.runAsync(member::close))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  static String name(int index) {
    return "cassandra-" + (index + 1);
  }

  private static CassandraSettings settings(Path folder, int index, RingPorts ports, int heapMiB) {
    String name = name(index);
    return CassandraSettings.in(folder.resolve(name))
        .withNativePort(ports.nativePort())
        .withHeapMiB(heapMiB)
        .withLogFile(folder.resolve("logs").resolve(name + ".log"))
        .withRing(new RingMember(HOSTS, index, ports.storagePort()));
  }

  private record RingPorts(int nativePort, int storagePort) {}

  /** Those of the first start: what they are known by must not change. */
  private static RingPorts ports(Path folder) {
    Path file = folder.resolve(PORTS_FILE);
    Properties kept = new Properties();
    try {
      if (Files.exists(file)) {
        try (Reader reader = Files.newBufferedReader(file)) {
          kept.load(reader);
        }
        return new RingPorts(port(kept, NATIVE), port(kept, STORAGE));
      }
      RingPorts made = new RingPorts(choose(USUAL_NATIVE_PORT), choose(USUAL_STORAGE_PORT));
      kept.setProperty(NATIVE, Integer.toString(made.nativePort()));
      kept.setProperty(STORAGE, Integer.toString(made.storagePort()));
      try (Writer writer = Files.newBufferedWriter(file)) {
        kept.store(writer, "Ports of the Cassandras here; they must stay as long as the data do");
      }
      return made;
    } catch (IOException | NumberFormatException e) {
      throw new EmbeddedStoreException("Cannot use " + file + ": " + e, e);
    }
  }

  private static int port(Properties kept, String name) {
    return Integer.parseInt(kept.getProperty(name, ""));
  }

  private static int choose(int usual) {
    List<Integer> candidates = new ArrayList<>(List.of(usual));
    candidates.addAll(Ports.free(HOSTS.get(0), 8));
    return candidates.stream()
        .filter(port -> HOSTS.stream().allMatch(host -> Ports.isFree(host, port)))
        .findFirst()
        .orElseThrow(
            () ->
                new EmbeddedStoreException(
                    "No port is free on all of "
                        + HOSTS
                        + ". Three Cassandras need three loopback addresses; on macOS add them with:"
                        + " sudo ifconfig lo0 alias 127.0.0.2"));
  }

  private static void closeIfStarted(CompletableFuture<EmbeddedCassandra> start) {
    var unused = start.thenAccept(EmbeddedCassandra::close).exceptionally(failure -> null);
  }
}
