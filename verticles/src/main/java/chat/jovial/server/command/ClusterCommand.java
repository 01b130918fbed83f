package chat.jovial.server.command;

import chat.jovial.config.ProjectHome;
import chat.jovial.config.Settings;
import chat.jovial.edge.EdgeConfig;
import chat.jovial.embedded.local.LocalCluster;
import chat.jovial.embedded.local.LocalClusterPlan;
import chat.jovial.embedded.local.LocalProcess;
import chat.jovial.server.launch.PrivateFolders;
import chat.jovial.server.settings.AllSettings;
import chat.jovial.server.settings.BusConfig;
import chat.jovial.server.settings.ManagementConfig;
import chat.jovial.server.settings.NodeConfig;
import chat.jovial.server.settings.StoresConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Command that runs several nodes and their stores on this machine until it is stopped. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = "Starts several nodes on this machine, on three Cassandras. Ctrl-C stops all.",
    footer = {
      "",
      "Node 1 has the ports of the settings, node 2 the next ones, and so on. What runs is",
      "written to cluster/processes.json in the data folder."
    })
public final class ClusterCommand implements Callable<Integer> {
  /** Not the settings': that is meant for a Cassandra that is alone on the machine. */
  private static final int HEAP_MIB = 512;

  private static final String HEAP_SETTING = "cassandra.heap_mib";

  @Mixin private SettingsOptions options = new SettingsOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "NODES",
      defaultValue = "3",
      description = "How many nodes; 3 if not given.")
  private int nodes;

  @Option(
      names = "--no-restart",
      description = "Leaves a node or Cassandra that ended as it is, rather than start it again.")
  private boolean noRestart;

  @Option(names = "--debug", description = "Logs more, and shows where a failure came from.")
  private boolean debug;

  @Unmatched private List<String> flags = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.load(flags);
    Path folder = NodeConfig.of(settings).dataDirectory().resolve("cluster");
    PrivateFolders.create(folder.resolve("logs"));
    // Before anything logs: the logging's configuration reads these.
    System.setProperty("jovial.logs", folder.resolve("logs").toString());
    System.setProperty("jovial.log.level", debug ? "DEBUG" : "INFO");

    CompletableFuture<LocalCluster> start =
        LocalCluster.start(plan(settings, folder), ClusterCommand::print);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(start), "stop-on-signal"));
    LocalCluster cluster;
    try {
      cluster = start.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    for (LocalProcess process : cluster.processes()) {
      if (process.role().equals("node")) {
        Map<String, Integer> ports = process.ports();
        System.out.printf(
            "%s is ready: http://%s:%d (TCP %s:%d, management %s:%d)%n",
            process.name(),
            process.host(),
            ports.get("http"),
            process.host(),
            ports.get("tcp"),
            process.host(),
            ports.get("management"));
      }
    }
    System.out.println("The cluster is ready. What runs is in " + folder + "/processes.json");
    // Until a signal ends this process.
    new CountDownLatch(1).await();
    return 0;
  }

  private LocalClusterPlan plan(Settings settings, Path folder) {
    ManagementConfig management = ManagementConfig.of(settings);
    EdgeConfig edge = EdgeConfig.of(settings);
    List<String> arguments = new ArrayList<>(flags);
    if (options.config != null) {
      arguments.add("--config=" + options.config.toAbsolutePath());
    }
    if (debug) {
      arguments.add("--debug");
    }
    boolean heapGiven = settings.isGivenAtStart(AllSettings.named(HEAP_SETTING));
    return new LocalClusterPlan(
        ProjectHome.launcher(),
        folder,
        nodes,
        arguments,
        Map.of(),
        new LocalClusterPlan.FirstPorts(
            edge.httpPort(), edge.tcpPort(), management.port(), BusConfig.of(settings).port()),
        heapGiven ? StoresConfig.of(settings).cassandra().heapMiB() : HEAP_MIB,
        !noRestart);
  }

  private static void print(String line) {
    System.err.println(line);
  }

  /** On the thread of the signal. What is only starting ends with this process. */
  private static void stop(CompletableFuture<LocalCluster> start) {
    if (start.isDone() && !start.isCompletedExceptionally()) {
      start.join().close();
    }
  }
}
