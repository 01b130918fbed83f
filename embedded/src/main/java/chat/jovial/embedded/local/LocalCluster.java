package chat.jovial.embedded.local;

import chat.jovial.embedded.CassandraRing;
import chat.jovial.embedded.DataDirectory;
import chat.jovial.embedded.EmbeddedCassandra;
import chat.jovial.embedded.EmbeddedMongo;
import chat.jovial.embedded.EmbeddedStoreException;
import chat.jovial.embedded.MongoSettings;
import chat.jovial.embedded.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cluster on this machine: three Cassandras and several nodes, one process each. All of them exit
 * with this one, even if it is killed. The MongoDB wire server runs in this process.
 *
 * <p>May be used from any thread; what changes is done by one supervisor thread. To end a process,
 * send it a signal by its {@link LocalProcess#pid}. Unless the plan has them restarted, {@link
 * #startAgain} is the only way to start one again.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);

  private static final String HOST = "127.0.0.1";

  /** A node without embedded stores stops within seconds. The stores need as long after it. */
  private static final Duration NODE_STOP_LIMIT = Duration.ofSeconds(10);

  private final LocalClusterPlan plan;
  private final Consumer<String> lines;
  private final DataDirectory lock;
  private final ClusterFolder folder;
  private final CassandraRing cassandras;
  private final EmbeddedMongo mongo;
  private final List<LocalNode> nodes;
  private final ScheduledExecutorService supervisor =
      Executors.newSingleThreadScheduledExecutor(LocalCluster::thread);
  private final Map<String, RestartPolicy> restarts = new HashMap<>();
  private volatile boolean closing;

  private LocalCluster(
      LocalClusterPlan plan,
      Consumer<String> lines,
      DataDirectory lock,
      ClusterFolder folder,
      CassandraRing cassandras,
      EmbeddedMongo mongo) {
    this.plan = plan;
    this.lines = lines;
    this.lock = lock;
    this.folder = folder;
    this.cassandras = cassandras;
    this.mongo = mongo;
    this.nodes = NodeCommands.of(plan, folder, cassandras, mongo, lines);
  }

  /**
   * Starts it and returns at once; completes when all nodes serve. When a part fails, all is
   * stopped before the future fails.
   *
   * @param lines receives each line that the parts print, on any thread
   */
  public static CompletableFuture<LocalCluster> start(
      LocalClusterPlan plan, Consumer<String> lines) {
    ClusterFolder folder;
    DataDirectory lock;
    try {
      folder = ClusterFolder.open(plan.folder());
      lock = DataDirectory.open(plan.folder());
    } catch (EmbeddedStoreException e) {
      return CompletableFuture.failedFuture(e);
    }
    lines.accept("starting " + CassandraRing.SIZE + " Cassandras and a MongoDB server ...");
    CompletableFuture<CassandraRing> ring =
        CassandraRing.start(plan.folder(), plan.cassandraHeapMiB(), plan.restarts());
    CompletableFuture<EmbeddedMongo> mongo =
        EmbeddedMongo.start(MongoSettings.in(plan.folder().resolve("mongo")));
    return ring.thenCombine(mongo, (c, m) -> new LocalCluster(plan, lines, lock, folder, c, m))
        .whenComplete(
            (cluster, failure) -> {
              if (failure != null) {
                Stream.of(ring, mongo).forEach(LocalCluster::closeIfStarted);
                lock.close();
              }
            })
        .thenCompose(LocalCluster::startNodes);
  }

  /** All processes there are to end and to start, the Cassandras first. */
  public List<LocalProcess> processes() {
    List<LocalProcess> all = new ArrayList<>();
    for (int i = 0; i < CassandraRing.SIZE; i++) {
      EmbeddedCassandra member = cassandras.members().get(i);
      all.add(
          new LocalProcess(
              cassandraName(i),
              "cassandra",
              member.pid(),
              member.isRunning(),
              member.contactPoint().getHostString(),
              Map.of("native", member.contactPoint().getPort())));
    }
    nodes.forEach(node -> all.add(node.describe(HOST)));
    return all;
  }

  /** The process of that name, as it is now. */
  public LocalProcess process(String name) {
    return processes().stream()
        .filter(process -> process.name().equals(name))
        .findAny()
        .orElseThrow(() -> unknown(name));
  }

  /** Completes when the process of that name has ended; at once if it has. */
  public CompletableFuture<Void> ended(String name) {
    return onProcess(name, LocalNode::ended, EmbeddedCassandra::ended);
  }

  /**
   * Starts a process that has ended; completes when it serves. Fails if it still runs or does not
   * come up.
   */
  public CompletableFuture<Void> startAgain(String name) {
    return onProcess(
        name,
        node ->
            CompletableFuture.supplyAsync(() -> begin(node), supervisor)
                .thenCompose(NodeProcess::ready)
                .thenApply(line -> null),
        cassandra -> cassandra.startAgain().whenComplete((done, failure) -> writeProcesses()));
  }

  private CompletableFuture<Void> onProcess(
      String name,
      Function<LocalNode, CompletableFuture<Void>> onNode,
      Function<EmbeddedCassandra, CompletableFuture<Void>> onCassandra) {
    for (int i = 0; i < CassandraRing.SIZE; i++) {
      if (cassandraName(i).equals(name)) {
        return onCassandra.apply(cassandras.members().get(i));
      }
    }
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findAny()
        .map(onNode)
        .orElseGet(() -> CompletableFuture.failedFuture(unknown(name)));
  }

  private static EmbeddedStoreException unknown(String name) {
    return new EmbeddedStoreException("The cluster has no " + name);
  }

  /** Stops the nodes, then the stores. Blocks, 20 s at most; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    CompletableFuture<?>[] ends =
        nodes.stream().map(LocalNode::terminate).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends)
        .completeOnTimeout(null, NODE_STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    nodes.stream()
        .filter(LocalNode::isRunning)
        .forEach(
            node -> {
              lines.accept(node.name() + " does not stop and is killed");
              node.kill();
            });
    supervisor.shutdownNow();
    CompletableFuture<Void> mongoClosed = CompletableFuture.runAsync(mongo::close);
    cassandras.close();
    mongoClosed.join();
    writeProcesses();
    lock.close();
  }

  /**
   * The first one alone if the tables must be created: Cassandra needs one schema change at a time.
   */
  private CompletableFuture<LocalCluster> startNodes() {
    lines.accept("starting " + nodes.size() + " nodes ...");
    LocalNode first = nodes.get(0);
    CompletableFuture<?> tables =
        folder.isComplete() ? CompletableFuture.completedFuture(null) : startAgain(first.name());
    return tables
        .thenCompose(
            made ->
                CompletableFuture.allOf(
                    nodes.stream()
                        .filter(node -> !node.isRunning())
                        .map(node -> startAgain(node.name()))
                        .toArray(CompletableFuture[]::new)))
        .thenApply(
            all -> {
              folder.markComplete();
              return this;
            })
        .whenComplete(
            (cluster, failure) -> {
              if (failure != null) {
                close();
              }
            });
  }

  /** Supervisor thread. */
  private NodeProcess begin(LocalNode node) {
    if (closing) {
      throw new EmbeddedStoreException("The cluster stops");
    }
    NodeProcess process = node.begin();
    writeProcesses();
    process
        .exit()
        .thenAccept(code -> supervise(() -> handleExit(node, process, code)))
        .exceptionally(impossible -> null);
    return process;
  }

  /** Supervisor thread. */
  private void handleExit(LocalNode node, NodeProcess ended, int code) {
    if (closing) {
      return;
    }
    lines.accept(node.name() + " (process " + ended.pid() + ") ended with code " + code);
    writeProcesses();
    if (!plan.restarts()) {
      return;
    }
    Optional<Duration> wait =
        restarts
            .computeIfAbsent(node.name(), name -> new RestartPolicy(System::nanoTime))
            .afterCrash();
    if (wait.isEmpty()) {
      lines.accept(node.name() + " ended too often to be started again");
      return;
    }
    var unused =
        supervisor.schedule(() -> begin(node), wait.get().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void supervise(Runnable task) {
    if (!closing) {
      supervisor.execute(task);
    }
  }

  private void writeProcesses() {
    try {
      folder.writeProcesses(processes(), mongo.connectionString());
    } catch (EmbeddedStoreException e) {
      LOG.warn("What runs could not be written down", e);
    }
  }

  private static String cassandraName(int index) {
    return "cassandra-" + (index + 1);
  }

  private static void closeIfStarted(CompletableFuture<? extends AutoCloseable> start) {
    if (start.isDone() && !start.isCompletedExceptionally()) {
      try {
        start.join().close();
      } catch (Exception e) {
        LOG.warn("A store did not stop in order", e);
      }
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "cluster-supervisor");
    thread.setDaemon(true);
    return thread;
  }
}
