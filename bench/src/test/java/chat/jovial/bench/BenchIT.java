package chat.jovial.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.bench.report.FanoutReport;
import chat.jovial.bench.report.FilesReport;
import chat.jovial.bench.report.IdleReport;
import chat.jovial.bench.report.LatencyReport;
import chat.jovial.bench.report.PairsReport;
import chat.jovial.bench.report.Report;
import chat.jovial.bench.report.TextReport;
import chat.jovial.bench.report.ThroughputReport;
import chat.jovial.bench.subject.OwnServer;
import chat.jovial.bench.subject.ServerCommand;
import chat.jovial.bench.subject.TemporaryFolder;
import chat.jovial.bench.wire.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A tiny run against a real server in a process of its own, so that the program keeps working. */
class BenchIT {
  private static final Plan TINY =
      new Plan(
          EnumSet.of(Part.PAIRS, Part.LATENCY, Part.FANOUT, Part.IDLE, Part.FILES),
          2,
          4,
          200,
          2,
          1,
          0,
          List.of(Transport.TCP, Transport.WEBSOCKET),
          50,
          20,
          // The other two have their part in the rest.
          List.of(Transport.SOCKJS),
          1,
          true,
          8,
          new FilesPlan(700_000, 2, 1, 1, 2));

  @Test
  void measures_pairs_latency_and_idle_sessions_of_a_real_server() throws Exception {
    Report report;
    try (TemporaryFolder folder = TemporaryFolder.create();
        OwnServer server = OwnServer.start(server(), folder.path(), Bench.SERVER_SETTINGS)) {
      report =
          new Bench(TINY, Optional.of(server.target()), BenchIT::server, new Progress(System.err))
              .run();
    }

    String text = TextReport.of(report);
    assertThat(report.isClean()).as(text).isTrue();
    checkThroughput(requireNonNull(report.throughput()));
    assertThat(requireNonNull(requireNonNull(report.throughput()).receipts()).storeWrites())
        .isPositive();
    LatencyReport latency = requireNonNull(report.latency());
    assertThat(latency.pairsOver())
        .hasSize(2)
        .allSatisfy(over -> assertThat(over.sendToReceive().count()).isPositive());
    FanoutReport fanout = requireNonNull(report.fanout());
    assertThat(fanout.missing()).isZero();
    assertThat(fanout.encodedEach()).as("frames made for a message").isEqualTo(1);
    IdleReport idle = requireNonNull(report.idle());
    assertThat(idle.over()).extracting(IdleReport.Over::transport).containsExactly("sockjs");
    checkFiles(requireNonNull(report.files()));
    assertThat(text).contains("ratio to plain", "Memory of 20 idle logged-in sessions");
    assertThat(report.json()).contains("\"ratio_to_plain\"", "\"send_to_receive\"");
  }

  /** What came back was compared on the way. */
  private static void checkFiles(FilesReport report) {
    assertThat(report.levels()).extracting(FilesReport.Level::atOnce).containsExactly(1, 2);
    assertThat(report.levels())
        .allSatisfy(
            level -> {
              assertThat(level.upload().ratioToPlain()).isPositive();
              assertThat(level.download().ratioToPlain()).isPositive();
            });
    assertThat(report.firstByte().server().count()).isPositive();
    assertThat(requireNonNull(report.memory()).beforeUploads()).isPositive();
  }

  private static void checkThroughput(ThroughputReport report) {
    assertThat(requireNonNull(report.plain()).best().medianPerSecond()).isPositive();
    assertThat(report.pairsOver())
        .extracting(PairsReport::transport)
        .containsExactly("tcp", "websocket");
    assertThat(report.pairsOver())
        .allSatisfy(
            pairs -> {
              // A busy machine may cost a send its answer in time; it costs no promise.
              assertThat(pairs.verdict().received()).isPositive();
              assertThat(pairs.verdict().received()).isEqualTo(pairs.verdict().stored());
              assertThat(pairs.historyMismatches()).isZero();
              assertThat(pairs.ratioToPlain()).isPositive();
              assertThat(pairs.cpu().server()).isPositive();
              assertThat(pairs.cpu().stores()).isPositive();
            });
  }

  /** The server's classes are on the class path of this test, whose build made them just now. */
  private static ServerCommand server() {
    Path root = root();
    return new ServerCommand(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // As the launcher has it for the part that measures memory.
            "-XX:NativeMemoryTracking=summary",
            "-Xmx512m",
            "-Djovial.home=" + root,
            "-cp",
            System.getProperty("java.class.path"),
            "chat.jovial.server.Main",
            "start"),
        root);
  }

  private static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("eventbus-codecs"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not run within the project");
  }
}
