package chat.jovial.bench;

import chat.jovial.bench.report.Median;
import chat.jovial.bench.report.StartReport;
import chat.jovial.bench.report.StartReport.Times;
import chat.jovial.bench.subject.OwnServer;
import chat.jovial.bench.subject.ServerCommand;
import chat.jovial.bench.subject.TemporaryFolder;
import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.EmbeddedCassandra;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measurement of how long the whole server takes to start, beside what its Cassandra takes alone;
 * in turn, each first with an empty data folder and then with what that start left.
 */
final class StartPart {
  private final Plan plan;
  private final ServerCommand command;
  private final Progress progress;
  private final List<Double> serverFresh = new ArrayList<>();
  private final List<Double> serverAgain = new ArrayList<>();
  private final List<Double> aloneFresh = new ArrayList<>();
  private final List<Double> aloneAgain = new ArrayList<>();

  StartPart(Plan plan, ServerCommand command, Progress progress) {
    this.plan = plan;
    this.command = command;
    this.progress = progress;
  }

  StartReport run() throws IOException, InterruptedException {
    // The very first start of a tree may write class archives, which all later ones use.
    progress.say("starting both once, not measured");
    round(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 1; i <= plan.starts(); i++) {
      round(serverFresh, serverAgain, aloneFresh, aloneAgain);
      progress.say(
          "start %d: server %.1f s, then %.1f s; Cassandra alone %.1f s, then %.1f s",
          i, last(serverFresh), last(serverAgain), last(aloneFresh), last(aloneAgain));
    }
    return new StartReport(
        plan.starts(), times(serverFresh, aloneFresh), times(serverAgain, aloneAgain));
  }

  private void round(
      List<Double> serverFirst,
      List<Double> serverNext,
      List<Double> aloneFirst,
      List<Double> aloneNext)
      throws IOException, InterruptedException {
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      serverFirst.add(startServer(folder));
      serverNext.add(startServer(folder));
    }
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      aloneFirst.add(startCassandra(folder));
      aloneNext.add(startCassandra(folder));
    }
  }

  private double startServer(TemporaryFolder folder) throws IOException, InterruptedException {
    try (OwnServer server = OwnServer.start(command, folder.path(), Map.of())) {
      return server.startSeconds();
    }
  }

  /** From this JVM, which runs already: the server's own JVM starts within its own time. */
  private static double startCassandra(TemporaryFolder folder) {
    long startNanos = System.nanoTime();
    try (EmbeddedCassandra cassandra =
        EmbeddedCassandra.start(CassandraSettings.in(folder.path())).join()) {
      return (System.nanoTime() - startNanos) / 1e9;
    }
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }

  private static Times times(List<Double> server, List<Double> alone) {
    double serverSeconds = median(server);
    double aloneSeconds = median(alone);
    return new Times(serverSeconds, aloneSeconds, serverSeconds / aloneSeconds);
  }

  private static double median(List<Double> values) {
    return Median.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
