package chat.jovial.bench;

import chat.jovial.bench.load.PairsLoad;
import chat.jovial.bench.load.PairsWindow;
import chat.jovial.bench.report.Latency;
import chat.jovial.bench.report.LatencyReport;
import chat.jovial.bench.store.PlainLoad;
import chat.jovial.bench.subject.Target;
import chat.jovial.bench.wire.Transport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain inserts and the pairs in turn, each at the same fixed rate. */
final class LatencyPart {
  private final Plan plan;
  private final Target target;
  private final Progress progress;
  private final List<Latency> plainRounds = new ArrayList<>();
  private final Map<Transport, List<PairsWindow>> windows = new EnumMap<>(Transport.class);

  LatencyPart(Plan plan, Target target, Progress progress) {
    this.plan = plan;
    this.target = target;
    this.progress = progress;
  }

  LatencyReport run() throws InterruptedException {
    try (Workloads workloads = Workloads.open(plan, target, progress)) {
      PlainLoad plain = workloads.plain();
      Map<Transport, PairsLoad> loads = workloads.pairs();
      for (Transport transport : loads.keySet()) {
        windows.put(transport, new ArrayList<>());
      }
      warmUp(plain, loads);
      for (int round = 1; round <= plan.rounds(); round++) {
        if (plain != null) {
          plainRound(plain, round);
        }
        for (Map.Entry<Transport, PairsLoad> load : loads.entrySet()) {
          pairsRound(load.getKey(), load.getValue(), round);
        }
      }
      return report(loads);
    }
  }

  private void warmUp(@Nullable PlainLoad plain, Map<Transport, PairsLoad> loads)
      throws InterruptedException {
    progress.say("warming up at %d a second", plan.rate());
    if (plain != null) {
      plain.fixedRate(plan.rate(), 0, plan.warmUpSeconds());
    }
    for (PairsLoad load : loads.values()) {
      load.fixedRate(plan.rate(), 0, plan.warmUpSeconds());
    }
  }

  private void plainRound(PlainLoad plain, int round) throws InterruptedException {
    Latency latency =
        Latency.of(plain.fixedRate(plan.rate(), Plan.RAMP_SECONDS, plan.windowSeconds()));
    plainRounds.add(latency);
    progress.say("round %d: plain insert p99 %.2f ms", round, latency.p99Ms());
  }

  private void pairsRound(Transport transport, PairsLoad load, int round)
      throws InterruptedException {
    PairsWindow window = load.fixedRate(plan.rate(), Plan.RAMP_SECONDS, plan.windowSeconds());
    windows.computeIfAbsent(transport, key -> new ArrayList<>()).add(window);
    progress.say(
        "round %d: send to receive over %s p99 %.2f ms",
        round, transport.label(), window.sendToReceive().p99Ms());
  }

  private LatencyReport report(Map<Transport, PairsLoad> loads) throws InterruptedException {
    Latency plain = plainRounds.isEmpty() ? null : Latency.median(plainRounds);
    List<LatencyReport.Over> over = new ArrayList<>();
    for (Map.Entry<Transport, PairsLoad> load : loads.entrySet()) {
      List<Latency> received =
          windows.getOrDefault(load.getKey(), List.of()).stream()
              .map(PairsWindow::sendToReceive)
              .toList();
      List<Latency> stored =
          windows.getOrDefault(load.getKey(), List.of()).stream()
              .map(PairsWindow::sendToStored)
              .toList();
      Latency median = Latency.median(received);
      over.add(
          new LatencyReport.Over(
              load.getKey().label(),
              Latency.median(stored),
              median,
              received.stream().map(Latency::p99Ms).toList(),
              plain == null ? Double.NaN : median.p99Ms() / plain.p99Ms(),
              load.getValue().verdict(),
              load.getValue().errors()));
    }
    return new LatencyReport(
        plan.rate(),
        plan.pairs(),
        plan.rounds(),
        plan.warmUpSeconds(),
        plan.windowSeconds(),
        plain,
        over);
  }
}
