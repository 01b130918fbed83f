package chat.jovial.bench.report;

import chat.jovial.bench.report.FilesReport.FirstByte;
import chat.jovial.bench.report.FilesReport.Level;
import chat.jovial.bench.report.FilesReport.Memory;
import chat.jovial.bench.report.FilesReport.Way;
import java.util.List;
import java.util.Locale;

/** The tables of files for a terminal. */
final class FilesText {
  private static final double MIB = 1024.0 * 1024;

  private final StringBuilder out = new StringBuilder();

  private FilesText() {}

  static String of(FilesReport report) {
    FilesText text = new FilesText();
    text.line("");
    text.line("== Files of %.1f MiB", report.fileBytes() / MIB);
    text.line(
        "%d rounds, medians; MB = 1,000,000 bytes; every byte that came back was compared",
        report.rounds());
    text.line("");
    text.line(
        "%-22s %7s %7s %7s %9s  %-24s %s",
        "MB a second", "server", "driver", "nginx", "of driver", "rounds", "CPU s a GB");
    for (Level level : report.levels()) {
      text.way(level.atOnce() + " at once, upload", level.upload());
      text.way(level.atOnce() + " at once, download", level.download());
    }
    if (!report.nginx()) {
      text.line("nginx is not installed here: the outer limit is missing");
    }
    text.line("CPU: server, Cassandra, this program; then the last two for the driver alone");
    text.firstByte(report.firstByte());
    Memory memory = report.memory();
    if (memory != null) {
      text.memory(memory, report.levels().get(report.levels().size() - 1).atOnce());
    }
    return text.out.toString();
  }

  static String of(ChunkSizesReport report) {
    FilesText text = new FilesText();
    text.line("");
    text.line(
        "== Rows of several sizes, by the plain driver: %.0f MiB each, %.0f MiB on their way, %d rounds",
        report.bytes() / MIB, report.inFlight() / MIB, report.rounds());
    text.line(
        "%8s %10s %9s %9s %10s %9s %9s",
        "KiB", "write MB/s", "p50 ms", "p99 ms", "read MB/s", "p50 ms", "p99 ms");
    for (ChunkSizesReport.Size size : report.sizes()) {
      text.line(
          "%8d %10.0f %9.1f %9.1f %10.0f %9.1f %9.1f",
          size.kib(),
          size.writeMb(),
          size.write().p50Ms(),
          size.write().p99Ms(),
          size.readMb(),
          size.read().p50Ms(),
          size.read().p99Ms());
    }
    return text.out.toString();
  }

  static String of(FileKillsReport report) {
    FilesText text = new FilesText();
    text.line("");
    text.line(
        "== Servers killed while files of %.1f MiB went up to them: %d kills, %d nodes, %.0f s",
        report.fileBytes() / MIB, report.kills(), report.nodes(), report.seconds());
    text.line(
        "%d uploads hit, resumed %d times, on their way again after %.0f ms (median), %.0f ms (most)",
        report.hit(), report.resumed(), report.resumeMedianMs(), report.resumeMaxMs());
    text.line(
        "%d files complete and read again at the end; %d lost, unreadable or different",
        report.files(), report.wrong().size());
    report.wrong().forEach(each -> text.line("  %s", each));
    report
        .interruptions()
        .forEach((reason, count) -> text.line("  tried again %5d times: %s", count, reason));
    return text.out.toString();
  }

  private void way(String name, Way way) {
    line(
        "%-22s %7s %7s %7s %9s  %-24s %s; %s",
        name,
        known(way.medianServer(), "%.0f"),
        known(way.medianPlain(), "%.0f"),
        way.nginx().isEmpty() ? "-" : known(way.medianNginx(), "%.0f"),
        known(way.ratioToPlain(), "%.2f"),
        rounds(way.server()) + " / " + rounds(way.plain()),
        cpu(way.cpu(), way.mb(), true),
        cpu(way.plainCpu(), way.mb(), false));
  }

  private static String cpu(CpuSeconds cpu, double mb, boolean withServer) {
    double each = 1000 / mb;
    String rest = known(cpu.stores() * each, "%.1f") + ", " + known(cpu.generator() * each, "%.1f");
    return withServer ? known(cpu.server() * each, "%.1f") + ", " + rest : rest;
  }

  private void firstByte(FirstByte first) {
    line("");
    line("%-22s %9s %9s %9s", "to the first byte", "p50 ms", "p99 ms", "count");
    latency("server", first.server());
    latency("driver (whole chunk)", first.plain());
    Latency nginx = first.nginx();
    if (nginx != null) {
      latency("nginx", nginx);
    }
  }

  private void latency(String name, Latency latency) {
    line("%-22s %9.2f %9.2f %9d", name, latency.p50Ms(), latency.p99Ms(), latency.count());
  }

  private void memory(Memory memory, int atOnce) {
    line("");
    line(
        "resident memory of the server: %.0f MiB fresh, %.0f after some files; %d uploads at once"
            + " made it grow by %.0f at most, to %.0f; as many downloads had it at %.0f at most",
        memory.fresh() / MIB,
        memory.beforeUploads() / MIB,
        atOnce,
        memory.growthInUploads() / MIB,
        memory.mostInUploads() / MIB,
        memory.mostInDownloads() / MIB);
  }

  private void line(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }

  private static String rounds(List<Double> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(value -> text.append(String.format(Locale.ROOT, "%.0f ", value)));
    return text.toString().strip();
  }

  private static String known(double value, String format) {
    return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, format, value);
  }
}
