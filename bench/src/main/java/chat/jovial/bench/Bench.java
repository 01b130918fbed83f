package chat.jovial.bench;

import chat.jovial.bench.chaos.subject.ClusterSubject;
import chat.jovial.bench.chaos.subject.Subject;
import chat.jovial.bench.files.FileBytes;
import chat.jovial.bench.files.FileClient;
import chat.jovial.bench.files.FileKills;
import chat.jovial.bench.report.ChunkSizesReport;
import chat.jovial.bench.report.FanoutReport;
import chat.jovial.bench.report.FileKillsReport;
import chat.jovial.bench.report.FilesReport;
import chat.jovial.bench.report.IdleReport;
import chat.jovial.bench.report.LatencyReport;
import chat.jovial.bench.report.Machine;
import chat.jovial.bench.report.Report;
import chat.jovial.bench.report.StartReport;
import chat.jovial.bench.report.ThroughputReport;
import chat.jovial.bench.subject.OwnServer;
import chat.jovial.bench.subject.ServerCommand;
import chat.jovial.bench.subject.Target;
import chat.jovial.bench.subject.TemporaryFolder;
import chat.jovial.bench.wire.Endpoint;
import chat.jovial.bench.wire.Transport;
import chat.jovial.embedded.CassandraSettings;
import chat.jovial.embedded.EmbeddedCassandra;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Runner of the parts of a plan, each against the server given or one that it starts for it. */
final class Bench {
  /**
   * What the own servers are given beside their ports: limits that keep one client from harming the
   * others would only say that this program is one client, and no token runs out in mid-run.
   */
  static final Map<String, String> SERVER_SETTINGS =
      Map.of(
          "JOVIAL_EDGE_REQUESTS_PER_SECOND", "1000000",
          "JOVIAL_EDGE_REQUEST_BURST", "1000000",
          "JOVIAL_EDGE_USER_REQUESTS_PER_SECOND", "1000000",
          "JOVIAL_EDGE_USER_REQUEST_BURST", "1000000",
          "JOVIAL_UMS_TOKEN_LIFETIME", "1d");

  /** For the memory of sessions; it costs a few percent of speed, so the others go without. */
  private static final String TRACK_MEMORY = "-XX:NativeMemoryTracking=summary";

  /** Not a whole number of chunks; sent in 12 s, about twice the time between two kills. */
  private static final int KILL_FILE_BYTES = 3 * 1024 * 1024 + 12_345;

  /** Different ones. */
  private static final int KILL_FILES = 64;

  private final Plan plan;
  private final Optional<Target> given;
  private final Supplier<ServerCommand> command;
  private final Progress progress;

  /**
   * @param given a server that runs; otherwise servers are started with the command
   */
  Bench(Plan plan, Optional<Target> given, Supplier<ServerCommand> command, Progress progress) {
    this.plan = plan;
    this.command = command;
    this.given = given;
    this.progress = progress;
  }

  Report run() throws IOException, InterruptedException {
    ThroughputReport throughput = null;
    LatencyReport latency = null;
    if (has(Part.PLAIN)) {
      throughput = plainAlone();
    }
    if (has(Part.PAIRS)) {
      throughput =
          withServer(SERVER_SETTINGS, target -> new ThroughputPart(plan, target, progress).run());
    }
    if (has(Part.LATENCY)) {
      latency =
          withServer(SERVER_SETTINGS, target -> new LatencyPart(plan, target, progress).run());
    }
    FanoutReport fanout = null;
    if (has(Part.FANOUT)) {
      Map<String, String> settings = new HashMap<>(SERVER_SETTINGS);
      settings.putAll(FanoutPart.SETTINGS);
      fanout = withServer(settings, target -> new FanoutPart(plan, target, progress).run());
    }
    IdleReport idle = has(Part.IDLE) ? idle() : null;
    StartReport start = has(Part.START) ? new StartPart(plan, command.get(), progress).run() : null;
    FilesReport files =
        has(Part.FILES)
            ? withServer(fileSettings(), target -> new FilesPart(plan, target, progress).run())
            : null;
    ChunkSizesReport chunks =
        has(Part.CHUNKS)
            ? withServer(fileSettings(), target -> new ChunkSizesPart(plan, target, progress).run())
            : null;
    return new Report(
        Instant.now(),
        Machine.here(),
        throughput,
        latency,
        fanout,
        idle,
        start,
        files,
        chunks,
        has(Part.FILE_KILLS) ? fileKills() : null);
  }

  /** What is done with a server. */
  private interface Use<T> {
    T with(Target target) throws IOException, InterruptedException;
  }

  private <T> T withServer(Map<String, String> settings, Use<T> use)
      throws IOException, InterruptedException {
    if (given.isPresent()) {
      return use.with(given.get());
    }
    progress.say("starting a server");
    try (TemporaryFolder folder = TemporaryFolder.create();
        OwnServer server = OwnServer.start(command.get(), folder.path(), settings)) {
      return use.with(server.target());
    }
  }

  private IdleReport idle() throws IOException, InterruptedException {
    List<IdleReport.Over> over = new ArrayList<>();
    for (Transport transport : plan.idleTransports()) {
      over.add(
          withServer(
              trackedSettings(), target -> new IdlePart(plan, target, progress).run(transport)));
    }
    return new IdleReport(plan.idle(), IdlePart.WARM_UP_SESSIONS, over);
  }

  private FileKillsReport fileKills() throws IOException, InterruptedException {
    int nodes = plan.files().nodes();
    progress.say("starting %d servers on 3 Cassandras", nodes);
    FileBytes bytes = FileBytes.random(KILL_FILE_BYTES, KILL_FILES);
    try (TemporaryFolder folder = TemporaryFolder.create();
        Subject subject =
            ClusterSubject.start(
                folder.path(),
                nodes,
                List.of(command.get().words().get(0)),
                true,
                fileSettings())) {
      return new FileKills(
              subject,
              FileClient.logIn(subject.http(0), bytes),
              plan.files().kills(),
              line -> progress.say("%s", line))
          .run();
    }
  }

  /** One user sends more than people do. */
  static Map<String, String> fileSettings() {
    Map<String, String> settings = new HashMap<>(SERVER_SETTINGS);
    settings.put("JOVIAL_FSS_USER_MIB", "1000000");
    settings.put("JOVIAL_FILES_UPLOADS_PER_USER", "64");
    return settings;
  }

  private static Map<String, String> trackedSettings() {
    Map<String, String> settings = new HashMap<>(SERVER_SETTINGS);
    String given = System.getenv().getOrDefault("JOVIAL_JAVA_OPTIONS", "");
    settings.put("JOVIAL_JAVA_OPTIONS", (given + " " + TRACK_MEMORY).strip());
    return settings;
  }

  private ThroughputReport plainAlone() throws IOException, InterruptedException {
    progress.say("starting a Cassandra");
    try (TemporaryFolder folder = TemporaryFolder.create();
        EmbeddedCassandra cassandra =
            EmbeddedCassandra.start(CassandraSettings.in(folder.path())).join()) {
      Target target =
          new Target(
              new Endpoint("127.0.0.1", 0, 0),
              OptionalLong.empty(),
              OptionalLong.of(cassandra.pid()),
              Optional.of(cassandra.contactPoint()),
              "jovial",
              Optional.empty());
      return new ThroughputPart(plan.withoutTransports(), target, progress).run();
    }
  }

  private boolean has(Part part) {
    return plan.parts().contains(part);
  }
}
