package chat.jovial.bench;

import chat.jovial.bench.load.PairsLoad;
import chat.jovial.bench.load.PairsWindow;
import chat.jovial.bench.report.CpuSeconds;
import chat.jovial.bench.report.Latency;
import chat.jovial.bench.report.Median;
import chat.jovial.bench.report.PairsReport;
import chat.jovial.bench.report.PlainReport;
import chat.jovial.bench.report.ReceiptsReport;
import chat.jovial.bench.report.ThroughputReport;
import chat.jovial.bench.store.PlainLoad;
import chat.jovial.bench.subject.ServerCount;
import chat.jovial.bench.subject.Target;
import chat.jovial.bench.wire.Transport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rounds in turn: plain inserts, then the pairs over each transport, so that whatever the machine
 * does meanwhile strikes both.
 */
final class ThroughputPart {
  private static final int[] PLAIN_IN_FLIGHT = {64, 256, 1024};

  /** For the last receipts to be stored. */
  private static final int RECEIPT_SECONDS = 3;

  private final Plan plan;
  private final Target target;
  private final Progress progress;
  private final Map<Integer, List<Double>> plainRates = new TreeMap<>();
  private final Map<Integer, CpuSeconds> plainCpu = new TreeMap<>();
  private final Map<Transport, Measured> measured = new EnumMap<>(Transport.class);

  ThroughputPart(Plan plan, Target target, Progress progress) {
    this.plan = plan;
    this.target = target;
    this.progress = progress;
  }

  /** The rounds of one transport, and the CPU time of their windows. */
  private static final class Measured {
    final List<PairsWindow> windows = new ArrayList<>();
    CpuSeconds cpu = CpuSeconds.ZERO;
  }

  ThroughputReport run() throws InterruptedException {
    try (Workloads workloads = Workloads.open(plan, target, progress)) {
      PlainLoad plain = workloads.plain();
      Map<Transport, PairsLoad> loads = workloads.pairs();
      double writesBefore = receiptWrites();
      for (Transport transport : loads.keySet()) {
        measured.put(transport, new Measured());
      }
      warmUp(plain, loads);
      for (int round = 1; round <= plan.rounds(); round++) {
        if (plain != null) {
          for (int inFlight : PLAIN_IN_FLIGHT) {
            plainRound(plain, inFlight, round);
          }
        }
        for (Map.Entry<Transport, PairsLoad> load : loads.entrySet()) {
          pairsRound(load.getKey(), load.getValue(), round);
        }
      }
      return report(plain == null ? null : plainReport(), loads, receipts(loads, writesBefore));
    }
  }

  private void warmUp(@Nullable PlainLoad plain, Map<Transport, PairsLoad> loads)
      throws InterruptedException {
    progress.say("warming up");
    if (plain != null) {
      plain.closedLoop(PLAIN_IN_FLIGHT[1], 0, plan.warmUpSeconds(), () -> {}, () -> {});
    }
    for (PairsLoad load : loads.values()) {
      load.closedLoop(plan.inFlight(), 0, plan.warmUpSeconds(), () -> {}, () -> {});
    }
  }

  private void plainRound(PlainLoad plain, int inFlight, int round) throws InterruptedException {
    CpuWindow cpu = new CpuWindow(target);
    double rate =
        plain.closedLoop(inFlight, Plan.RAMP_SECONDS, plan.windowSeconds(), cpu::start, cpu::end);
    plainRates.computeIfAbsent(inFlight, key -> new ArrayList<>()).add(rate);
    plainCpu.merge(inFlight, cpu.used(), CpuSeconds::plus);
    progress.say("round %d: %.0f plain inserts a second, %d in flight", round, rate, inFlight);
  }

  private void pairsRound(Transport transport, PairsLoad load, int round)
      throws InterruptedException {
    CpuWindow cpu = new CpuWindow(target);
    PairsWindow window =
        load.closedLoop(
            plan.inFlight(), Plan.RAMP_SECONDS, plan.windowSeconds(), cpu::start, cpu::end);
    Measured all = measured.get(transport);
    if (all != null) {
      all.windows.add(window);
      all.cpu = all.cpu.plus(cpu.used());
    }
    progress.say(
        "round %d: %.0f messages a second over %s, p99 to receive %.1f ms",
        round, window.perSecond(), transport.label(), window.sendToReceive().p99Ms());
  }

  private PlainReport plainReport() {
    List<PlainReport.Level> levels = new ArrayList<>();
    plainRates.forEach(
        (inFlight, rates) -> {
          double count = rates.stream().mapToDouble(rate -> rate * plan.windowSeconds()).sum();
          CpuSeconds cpu = plainCpu.getOrDefault(inFlight, CpuSeconds.ZERO);
          levels.add(PlainReport.Level.of(inFlight, rates, cpu.microsEach(count)));
        });
    return new PlainReport(levels);
  }

  private double receiptWrites() throws InterruptedException {
    return plan.receipts() && target.management().isPresent()
        ? ServerCount.RECEIPT_WRITES.at(target.management().get())
        : 0;
  }

  private @Nullable ReceiptsReport receipts(Map<Transport, PairsLoad> loads, double writesBefore)
      throws InterruptedException {
    if (!plan.receipts() || target.management().isEmpty()) {
      return null;
    }
    // What was delivered last is acknowledged within a second or two.
    TimeUnit.SECONDS.sleep(RECEIPT_SECONDS);
    long delivered = 0;
    for (PairsLoad load : loads.values()) {
      delivered += load.verdict().received();
    }
    return ReceiptsReport.of(delivered, receiptWrites() - writesBefore);
  }

  private ThroughputReport report(
      @Nullable PlainReport plain,
      Map<Transport, PairsLoad> loads,
      @Nullable ReceiptsReport receipts)
      throws InterruptedException {
    List<PairsReport> pairs = new ArrayList<>();
    for (Map.Entry<Transport, PairsLoad> load : loads.entrySet()) {
      Measured all = measured.get(load.getKey());
      if (all != null) {
        pairs.add(pairsReport(load.getKey(), load.getValue(), all, plain));
      }
    }
    return new ThroughputReport(
        plan.pairs(),
        plan.inFlight(),
        plan.textBytes(),
        plan.rounds(),
        plan.warmUpSeconds(),
        Plan.RAMP_SECONDS,
        plan.windowSeconds(),
        plain,
        pairs,
        receipts);
  }

  private PairsReport pairsReport(
      Transport transport, PairsLoad load, Measured all, @Nullable PlainReport plain)
      throws InterruptedException {
    List<Double> rates = all.windows.stream().map(PairsWindow::perSecond).toList();
    double median = Median.of(rates.stream().mapToDouble(Double::doubleValue).toArray());
    double count = rates.stream().mapToDouble(rate -> rate * plan.windowSeconds()).sum();
    CpuSeconds cpuEach = all.cpu.microsEach(count);
    int mismatches = load.historyMismatches();
    return new PairsReport(
        transport.label(),
        rates,
        median,
        plain == null ? Double.NaN : median / plain.best().medianPerSecond(),
        plain == null ? Double.NaN : plain.cheapestCpuMicros() / cpuEach.total(),
        Latency.median(all.windows.stream().map(PairsWindow::sendToStored).toList()),
        Latency.median(all.windows.stream().map(PairsWindow::sendToReceive).toList()),
        all.cpu,
        cpuEach,
        load.verdict(),
        mismatches,
        load.errors());
  }
}
