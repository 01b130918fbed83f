package chat.jovial.bench.chaos.subject;

import chat.jovial.embedded.CassandraRing;
import chat.jovial.embedded.local.LocalCluster;
import chat.jovial.embedded.local.LocalClusterPlan;
import chat.jovial.embedded.local.LocalProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Servers on three Cassandras, a process each, as {@code ./jovial cluster} starts them; the MongoDB
 * wire server runs in this process. Nothing comes back by itself. All end with this process,
 * however that ends.
 */
public final class ClusterSubject implements Subject {
  public static final int STORES = CassandraRing.SIZE;

  /** Each of them; there is little in it. */
  private static final int CASSANDRA_HEAP_MIB = 384;

  private static final String NODE = "node-";
  private static final String STORE = "cassandra-";

  private final LocalCluster cluster;
  private final NodeLauncher launcher;
  private final NodeLines lines;
  private final int nodes;
  private final int stores;
  private final Thread stopOnExit;
  private final Optional<NodeCuts> cuts;
  private final String masterKey;

  private ClusterSubject(
      LocalCluster cluster, NodeLauncher launcher, NodeLines lines, String masterKey) {
    this.masterKey = masterKey;
    this.cluster = cluster;
    this.launcher = launcher;
    this.lines = lines;
    List<LocalProcess> all = cluster.processes();
    this.nodes = (int) all.stream().filter(process -> process.role().equals("node")).count();
    this.stores = all.size() - nodes;
    this.stopOnExit = new Thread(cluster::close, "stop-cluster");
    Runtime.getRuntime().addShutdownHook(stopOnExit);
    this.cuts = PrivateNetwork.isPrivate() ? Optional.of(privateCuts()) : Optional.empty();
  }

  /**
   * Starts it. Blocks, minutes on a busy machine.
   *
   * @param folder everything of it; what the nodes print goes to the file {@code nodes.out} there
   * @param words program and arguments of a node, before its flags
   * @param passesOptions whether that program passes on JOVIAL_JAVA_OPTIONS by itself
   */
  public static ClusterSubject start(
      Path folder,
      int nodes,
      List<String> words,
      boolean passesOptions,
      Map<String, String> settings)
      throws IOException {
    PrivateNetwork.letThrough(folder);
    NodeLauncher launcher = new NodeLauncher(folder, words, passesOptions);
    NodeLines lines = new NodeLines();
    Consumer<String> output = output(folder.resolve("nodes.out"));
    String masterKey = newMasterKey();
    Map<String, String> environment = new HashMap<>(settings);
    // Not by a file: nodes that are users of their own could not read each other's.
    environment.put("JOVIAL_KEYS_MASTER_KEY", masterKey);
    LocalClusterPlan plan =
        new LocalClusterPlan(
            launcher.script(),
            folder.resolve("cluster"),
            nodes,
            List.of(),
            environment,
            LocalClusterPlan.FirstPorts.FREE,
            CASSANDRA_HEAP_MIB,
            false);
    try {
      LocalCluster cluster =
          LocalCluster.start(
                  plan,
                  line -> {
                    output.accept(line);
                    lines.read(line);
                  })
              .join();
      return new ClusterSubject(cluster, launcher, lines, masterKey);
    } catch (CompletionException e) {
      throw new IOException(
          "The cluster did not start: " + e.getCause() + "; see " + folder.resolve("nodes.out"), e);
    }
  }

  private static String newMasterKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static Consumer<String> output(Path file) throws IOException {
    PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file), true);
    return line -> {
      synchronized (writer) {
        writer.println(line);
      }
    };
  }

  private NodeCuts privateCuts() {
    Map<Integer, List<Integer>> served = new TreeMap<>();
    for (int i = 0; i < nodes; i++) {
      Map<String, Integer> ports = node(i).ports();
      served.put(i, List.of(port(ports, "tcp"), port(ports, "http"), port(ports, "management")));
    }
    PrivateNetwork network = PrivateNetwork.prepare(served, List.of(store(0).getPort()));
    return new NodeCuts() {
      @Override
      public AutoCloseable fromNodes(int node) {
        return disturbing(node, network.fromNodes(node));
      }

      @Override
      public AutoCloseable fromStores(int node) {
        return disturbing(node, network.fromStores(node));
      }
    };
  }

  @Override
  public int nodes() {
    return nodes;
  }

  @Override
  public int stores() {
    return stores;
  }

  @Override
  public InetSocketAddress tcp(int node) {
    return address(node, "tcp");
  }

  @Override
  public URI http(int node) {
    InetSocketAddress address = address(node, "http");
    return URI.create("http://" + address.getHostString() + ":" + address.getPort());
  }

  @Override
  public InetSocketAddress store(int store) {
    LocalProcess process = cluster.process(STORE + (store + 1));
    return new InetSocketAddress(process.host(), port(process.ports(), "native"));
  }

  @Override
  public String masterKey() {
    return masterKey;
  }

  @Override
  public void killNode(int node) {
    Signals.kill(node(node).pid());
  }

  @Override
  public CompletableFuture<Void> stopNode(int node) {
    Signals.terminate(node(node).pid());
    return cluster.ended(NODE + (node + 1));
  }

  @Override
  public CompletableFuture<Void> startNode(int node, Duration clockOffset) {
    launcher.setClock(node, clockOffset);
    return startAgain(NODE + (node + 1));
  }

  @Override
  public void killStore(int store) {
    Signals.kill(cluster.process(STORE + (store + 1)).pid());
  }

  @Override
  public CompletableFuture<Void> startStore(int store) {
    return startAgain(STORE + (store + 1));
  }

  @Override
  public AutoCloseable pauseNode(int node) {
    return disturbing(node, Signals.pause(node(node).pid()));
  }

  @Override
  public AutoCloseable pauseStore(int store) {
    return Signals.pause(cluster.process(STORE + (store + 1)).pid());
  }

  @Override
  public Optional<NodeCuts> cuts() {
    return cuts;
  }

  @Override
  public FalseAlarms falseAlarms() {
    return lines.falseAlarms();
  }

  @Override
  public void close() {
    cluster.close();
    try {
      Runtime.getRuntime().removeShutdownHook(stopOnExit);
    } catch (IllegalStateException e) {
      // This is the shutdown.
    }
  }

  /** A lease that is lost by this is lost within the renewal after it: ten seconds is ample. */
  private AutoCloseable disturbing(int node, AutoCloseable disturbance) {
    String name = NODE + (node + 1);
    lines.disturb(name);
    return () -> {
      disturbance.close();
      var unused =
          CompletableFuture.runAsync(
              () -> lines.leaveAlone(name),
              CompletableFuture.delayedExecutor(10, TimeUnit.SECONDS));
    };
  }

  /** What was killed may run for a moment yet. */
  private CompletableFuture<Void> startAgain(String name) {
    return cluster.ended(name).thenCompose(gone -> cluster.startAgain(name));
  }

  private LocalProcess node(int node) {
    return cluster.process(NODE + (node + 1));
  }

  private InetSocketAddress address(int node, String port) {
    LocalProcess process = node(node);
    return new InetSocketAddress(process.host(), port(process.ports(), port));
  }

  private static int port(Map<String, Integer> ports, String name) {
    Integer port = ports.get(name);
    if (port == null) {
      throw new UncheckedIOException(new IOException("The cluster does not say its port " + name));
    }
    return port;
  }
}
