package chat.jovial.bench.report;

import chat.jovial.bench.check.Verdict;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report as tables for a terminal. */
public final class TextReport {
  private static final double KB = 1000;

  private final StringBuilder out = new StringBuilder();

  private TextReport() {}

  public static String of(Report report) {
    TextReport text = new TextReport();
    Machine machine = report.machine();
    text.line(
        "%d cores, %s, Java %s; %s",
        machine.cores(), machine.system(), machine.java(), machine.note());
    text.throughput(report.throughput());
    text.latency(report.latency());
    text.fanout(report.fanout());
    text.idle(report.idle());
    text.start(report.start());
    FilesReport files = report.files();
    if (files != null) {
      text.out.append(FilesText.of(files));
    }
    ChunkSizesReport chunks = report.chunks();
    if (chunks != null) {
      text.out.append(FilesText.of(chunks));
    }
    FileKillsReport kills = report.fileKills();
    if (kills != null) {
      text.out.append(FilesText.of(kills));
    }
    return text.out.toString();
  }

  private void throughput(@Nullable ThroughputReport report) {
    if (report == null) {
      return;
    }
    title(
        "Throughput: %d pairs, %d messages in flight each, %d bytes of text",
        report.pairs(), report.inFlightEach(), report.textBytes());
    line(
        "%d rounds of %s s, medians; not measured: %s s of warm-up, %s s at the start of each round",
        report.rounds(),
        shortest(report.windowSeconds()),
        shortest(report.warmUpSeconds()),
        shortest(report.rampSeconds()));
    PlainReport plain = report.plain();
    if (plain != null && !plain.levels().isEmpty()) {
      line("");
      line(
          "%-26s %10s  %-40s %s",
          "plain inserts", "per second", "rounds", "CPU us each: Cassandra, driver");
      for (PlainReport.Level level : plain.levels()) {
        line(
            "%-26s %10.0f  %-40s %s, %s",
            level.inFlight() + " in flight" + (level == plain.best() ? " (best)" : ""),
            level.medianPerSecond(),
            rounds(level.perSecond()),
            known(level.cpuMicrosEach().stores(), "%.0f"),
            known(level.cpuMicrosEach().generator(), "%.0f"));
      }
    }
    for (PairsReport pairs : report.pairsOver()) {
      pairs(pairs);
    }
    ReceiptsReport receipts = report.receipts();
    if (receipts != null) {
      line("");
      line(
          "receipts: %d store writes for %d messages that were delivered, %.1f for 1,000",
          receipts.storeWrites(), receipts.delivered(), receipts.writesPerThousand());
    }
  }

  private void pairs(PairsReport pairs) {
    line("");
    line(
        "%-26s %10s  %-40s %s",
        "pairs over " + pairs.transport(), "per second", "rounds", "ratio to plain (by CPU time)");
    line(
        "%-26s %10.0f  %-40s %s",
        "delivered and durable",
        pairs.medianPerSecond(),
        rounds(pairs.perSecond()),
        known(pairs.ratioToPlain(), "%.3f") + " (" + known(pairs.cpuRatioToPlain(), "%.3f") + ")");
    latencyHeader("");
    latency("  send to stored", pairs.sendToStored());
    latency("  send to receive", pairs.sendToReceive());
    CpuSeconds cpu = pairs.cpu();
    CpuSeconds each = pairs.cpuMicrosEach();
    line(
        "  CPU s (us a message)     server %s (%s), Cassandra %s (%s), generator %s (%s)",
        known(cpu.server(), "%.1f"),
        known(each.server(), "%.0f"),
        known(cpu.stores(), "%.1f"),
        known(each.stores(), "%.0f"),
        known(cpu.generator(), "%.1f"),
        known(each.generator(), "%.0f"));
    verdict(pairs.verdict());
    if (pairs.historyMismatches() >= 0) {
      line(
          "  history                  %d conversations end where they may not",
          pairs.historyMismatches());
    }
    errors(pairs.errors());
  }

  private void latency(@Nullable LatencyReport report) {
    if (report == null) {
      return;
    }
    title(
        "Latency at %d messages a second in all, open loop, %d pairs",
        report.perSecond(), report.pairs());
    line(
        "%d rounds of %s s, medians of the rounds' percentiles; %s s of warm-up not measured",
        report.rounds(), shortest(report.windowSeconds()), shortest(report.warmUpSeconds()));
    latencyHeader("");
    Latency plain = report.plain();
    if (plain != null) {
      latency("plain insert", plain);
    }
    for (LatencyReport.Over over : report.pairsOver()) {
      latency(over.transport() + ": send to stored", over.sendToStored());
      latency(over.transport() + ": send to receive", over.sendToReceive());
    }
    for (LatencyReport.Over over : report.pairsOver()) {
      line(
          "%s: p99 of send to receive is %s times that of a plain insert; p99 of the rounds: %s ms",
          over.transport(),
          known(over.p99RatioToPlain(), "%.2f"),
          over.p99MsOfRounds().stream().map(p99 -> format("%.2f", p99)).toList());
      verdict(over.verdict());
      errors(over.errors());
    }
  }

  private void fanout(@Nullable FanoutReport report) {
    if (report == null) {
      return;
    }
    title("Fan-out: one message to %d connections, one after the other", report.connections());
    line(
        "%-26s %10.0f  %s",
        "deliveries a second", report.medianPerSecond(), rounds(report.deliveriesPerSecond()));
    latencyHeader("");
    latency("send to receive", report.sendToReceive());
    latency("send to the last", report.sendToLast());
    line(
        "%d messages; %d deliveries missing; encoded %s times for a message",
        report.messages(), report.missing(), known(report.encodedEach(), "%.2f"));
  }

  private void idle(@Nullable IdleReport report) {
    if (report == null) {
      return;
    }
    title("Memory of %d idle logged-in sessions", report.sessions());
    line(
        "live heap after a full collection plus native memory that the JVM committed (NMT, direct");
    line(
        "buffers included), over the base after %d sessions came and went; socket buffers in the",
        report.warmUpSessions());
    line("kernel are not in it");
    line("");
    line(
        "%-12s %12s %12s %12s %12s %10s",
        "kB a session", "total", "heap", "native", "(resident)", "opened in");
    for (IdleReport.Over over : report.over()) {
      line(
          "%-12s %12.1f %12.1f %12.1f %12.1f %8.1f s",
          over.transport(),
          over.bytesEach() / KB,
          over.heapBytesEach() / KB,
          over.nativeBytesEach() / KB,
          over.residentBytesEach() / KB,
          over.openSeconds());
    }
    for (IdleReport.Over over : report.over()) {
      line("");
      line("%s: what the heap holds for each session", over.transport());
      for (IdleReport.ClassGrowth growth : over.topClasses()) {
        line("  %8.0f bytes %7.2f x %s", growth.bytesEach(), growth.instancesEach(), growth.name());
      }
    }
  }

  private void start(@Nullable StartReport report) {
    if (report == null) {
      return;
    }
    title("Start, median of %d", report.starts());
    line("%-26s %12s %18s %8s", "seconds to ready", "server", "Cassandra alone", "ratio");
    times("empty data folder", report.fresh());
    times("with data", report.again());
  }

  private void times(String name, StartReport.Times times) {
    line("%-26s %12.2f %18.2f %8.2f", name, times.server(), times.cassandraAlone(), times.ratio());
  }

  private void latencyHeader(String name) {
    line("%-26s %9s %9s %9s %9s %10s", name, "p50 ms", "p99 ms", "p99.9 ms", "max ms", "count");
  }

  private void latency(String name, Latency latency) {
    line(
        "%-26s %9.2f %9.2f %9.2f %9.2f %10d",
        name, latency.p50Ms(), latency.p99Ms(), latency.p999Ms(), latency.maxMs(), latency.count());
  }

  private void verdict(Verdict verdict) {
    line(
        "  checked                  %s: %d sent, %d stored, %d received, %d failed; %d lost, %d duplicated,"
            + " %d reordered, %d gaps, %d contradicted, %d unanswered, %d stray",
        verdict.isClean() ? "all well" : "BROKEN",
        verdict.sent(),
        verdict.stored(),
        verdict.received(),
        verdict.failed(),
        verdict.lost(),
        verdict.duplicated(),
        verdict.reordered(),
        verdict.gaps(),
        verdict.contradicted(),
        verdict.unanswered(),
        verdict.stray());
  }

  private void errors(Map<String, Integer> errors) {
    errors.forEach((message, count) -> line("  refused %6d times     %s", count, message));
  }

  private void title(String format, Object... arguments) {
    line("");
    line("== " + format, arguments);
  }

  private void line(String format, Object... arguments) {
    out.append(format(format, arguments).stripTrailing()).append('\n');
  }

  private static String rounds(Iterable<Double> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(value -> text.append(format("%.0f ", value)));
    return text.toString().strip();
  }

  private static String known(double value, String format) {
    return Double.isNaN(value) ? "?" : format(format, value);
  }

  private static String shortest(double seconds) {
    return seconds == Math.rint(seconds) ? format("%.0f", seconds) : format("%.1f", seconds);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
