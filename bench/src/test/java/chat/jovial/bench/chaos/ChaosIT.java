package chat.jovial.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.bench.chaos.plan.FaultKind;
import chat.jovial.bench.chaos.report.ChaosReport;
import chat.jovial.bench.chaos.report.Markdown;
import chat.jovial.bench.chaos.subject.ClusterSubject;
import chat.jovial.bench.chaos.subject.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on three Cassandras, each a process of its own, while devices talk and things break.
 * The long run of {@code ./jovial chaos} is the same with more of everything.
 */
class ChaosIT {
  /**
   * One of each kind that can be had without a network of its own fits in, and the whole stays
   * below four minutes, for which the machine must have time to start again what was killed.
   */
  private static final ChaosPlan SHORT =
      new ChaosPlan(
          0,
          70,
          2,
          3,
          30,
          16,
          EnumSet.of(
              FaultKind.KILL_NODE,
              FaultKind.PAUSE_NODE,
              FaultKind.KILL_STORE,
              FaultKind.CUT_CLIENTS,
              FaultKind.CRASH_DEVICES));

  @TempDir Path folder;
  @TempDir Path devices;

  @Test
  void nothing_is_lost_repeated_or_reordered_while_nodes_stores_connections_and_devices_fail()
      throws Exception {
    ChaosReport report;
    try (Subject subject =
        ClusterSubject.start(folder, SHORT.nodes(), server(), false, Main.SERVER_SETTINGS)) {
      report = new ChaosRun(SHORT, subject, devices, new Lines(System.err)).run();
    }

    String text = Markdown.of(report);
    assertThat(report.isClean()).as(text).isTrue();
    assertThat(report.counts().stored()).as(text).isGreaterThan(500);
    assertThat(report.faults()).as(text).hasSizeGreaterThanOrEqualTo(3);
  }

  /** The server's classes are on the class path of this test, whose build made them just now. */
  private static List<String> server() {
    Path root = root();
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Djovial.home=" + root,
        "-Dlogback.configurationFile=" + root.resolve("conf/logback.xml"),
        "-cp",
        System.getProperty("java.class.path"),
        "chat.jovial.server.Main");
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
