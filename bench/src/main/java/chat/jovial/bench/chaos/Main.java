package chat.jovial.bench.chaos;

import chat.jovial.bench.chaos.plan.FaultKind;
import chat.jovial.bench.chaos.plan.FaultPlan;
import chat.jovial.bench.chaos.report.ChaosReport;
import chat.jovial.bench.chaos.report.Markdown;
import chat.jovial.bench.chaos.subject.ClusterSubject;
import chat.jovial.bench.chaos.subject.Subject;
import chat.jovial.bench.subject.ServerCommand;
import chat.jovial.bench.subject.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code ./jovial chaos}. */
@Command(
    name = "jovial chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Starts a cluster of processes and devices that talk, breaks it in every way it can, and"
            + " checks that nothing was lost, shown twice, out of order, too late, or said to be"
            + " delivered or read when it was not. A seed gives the same faults again.",
    footer = {
      "",
      "Progress goes to standard error, the report to standard output.",
      "The exit code is 1 if a promise was broken, 2 if the run itself failed.",
      "Servers can be cut off from each other and from the store when this runs as root on Linux,",
      "in a network of its own; otherwise those faults are left out."
    })
public final class Main implements Callable<Integer> {
  /**
   * Limits that keep one client from harming the others would only say that this is one client, and
   * no token is to run out in mid-run.
   */
  static final Map<String, String> SERVER_SETTINGS =
      Map.of(
          "JOVIAL_EDGE_REQUESTS_PER_SECOND", "1000000",
          "JOVIAL_EDGE_REQUEST_BURST", "1000000",
          "JOVIAL_EDGE_USER_REQUESTS_PER_SECOND", "1000000",
          "JOVIAL_EDGE_USER_REQUEST_BURST", "1000000",
          "JOVIAL_UMS_TOKEN_LIFETIME", "1d");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "120",
      description = "For how long things are broken: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "For how many seconds devices talk before the first fault: ${DEFAULT-VALUE}. What is felt of"
              + " a fault while all programs are being compiled says nothing of later days.")
  private int warmUp;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "Servers: ${DEFAULT-VALUE}. The store always has three processes.")
  private int nodes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same faults; a random one if not given.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description = "Messages a second, of all devices together: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "24",
      description = "Devices, two to a user: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--only",
      paramLabel = "FAULT",
      split = ",",
      description = "Only these faults: ${COMPLETION-CANDIDATES}; all if not given.")
  private List<FaultKind> only = List.of();

  @Option(names = "--plan", description = "Prints the plan of faults and does nothing.")
  private boolean planOnly;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all numbers there.")
  private Optional<Path> json = Optional.empty();

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the report there as well.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--keep",
      description =
          "Keeps the folder with the data and logs of the run, as is done when something was wrong.")
  private boolean keep;

  private Main() {}

  public static void main(String[] arguments) {
    System.setProperty("logback.configurationFile", "bench-logback.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("chaos: " + failure);
              if (Boolean.getBoolean("jovial.bench.debug")) {
                failure.printStackTrace(command.getErr());
              }
              return 2;
            });
  }

  @Override
  public Integer call() throws Exception {
    Set<FaultKind> kinds = only.isEmpty() ? EnumSet.allOf(FaultKind.class) : EnumSet.copyOf(only);
    ChaosPlan plan =
        new ChaosPlan(
            warmUp,
            seconds,
            nodes,
            seed.orElseGet(() -> System.nanoTime() % 1_000_000),
            rate,
            clients,
            kinds);
    if (planOnly) {
      System.out.println(
          FaultPlan.of(plan.seed(), seconds, nodes, ClusterSubject.STORES, kinds).describe());
      return 0;
    }
    ChaosReport found = run(plan);
    String text = Markdown.of(found);
    System.out.print(text);
    if (report.isPresent()) {
      Files.writeString(report.get(), text);
    }
    if (json.isPresent()) {
      Files.writeString(json.get(), found.json() + "\n");
    }
    return found.isClean() ? 0 : 1;
  }

  private ChaosReport run(ChaosPlan plan) throws Exception {
    Lines lines = new Lines(System.err);
    TemporaryFolder folder = TemporaryFolder.create();
    // What the devices write is synced at every commit, which a crash of theirs does not need.
    TemporaryFolder devices = TemporaryFolder.inMemory();
    boolean keeps = true;
    try {
      lines.accept("starting " + plan.nodes() + " servers on 3 Cassandras in " + folder.path());
      ServerCommand launcher = ServerCommand.launcher();
      try (Subject subject =
          ClusterSubject.start(
              folder.path(),
              plan.nodes(),
              List.of(launcher.words().get(0)),
              true,
              SERVER_SETTINGS)) {
        ChaosReport found = new ChaosRun(plan, subject, devices.path(), lines).run();
        keeps = keep || !found.isClean();
        return found;
      }
    } finally {
      devices.close();
      if (keeps) {
        lines.accept("kept: " + folder.path());
      } else {
        folder.close();
      }
    }
  }
}
