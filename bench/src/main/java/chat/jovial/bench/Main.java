package chat.jovial.bench;

import chat.jovial.bench.report.Report;
import chat.jovial.bench.report.TextReport;
import chat.jovial.bench.subject.ServerCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code ./jovial bench}. */
@Command(
    name = "jovial bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Measures Jovial on this machine: throughput and latency of pairs who chat, beside plain"
            + " inserts into the same Cassandra; memory of idle sessions; time to start; files. It"
            + " starts servers of its own, with data in a temporary folder, or takes a running one.",
    footer = {
      "",
      "Progress goes to standard error, the result to standard output.",
      "The exit code is 1 if a message was lost, duplicated or out of order, or a file lost."
    })
public final class Main implements Callable<Integer> {
  @Mixin private final PlanOptions options = new PlanOptions();
  @Mixin private final FileOptions files = new FileOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes all numbers there as well.")
  private Optional<Path> json = Optional.empty();

  private Main() {}

  public static void main(String[] arguments) {
    // Before anything logs: the launcher names the server's configuration, which writes to its
    // files.
    System.setProperty("logback.configurationFile", "bench-logback.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("bench: " + failure.getMessage());
              if (Boolean.getBoolean("jovial.bench.debug")) {
                failure.printStackTrace(command.getErr());
              }
              return 2;
            });
  }

  @Override
  public Integer call() throws Exception {
    Plan plan = options.plan(files.plan());
    FileDescriptors.check(plan);
    Report report =
        new Bench(plan, target.target(), ServerCommand::launcher, new Progress(System.err)).run();
    System.out.print(TextReport.of(report));
    if (json.isPresent()) {
      Files.writeString(json.get(), report.json() + "\n");
    }
    return report.isClean() ? 0 : 1;
  }
}
