package chat.jovial.bench;

import chat.jovial.bench.load.FanoutLoad;
import chat.jovial.bench.report.FanoutReport;
import chat.jovial.bench.report.Latency;
import chat.jovial.bench.subject.ServerCount;
import chat.jovial.bench.subject.Target;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One message to very many connections of one user, who may have that many here. */
final class FanoutPart {
  /** A server that the bench starts for this is given these beside the others. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "JOVIAL_EDGE_MAX_CONNECTIONS_PER_USER", "10000",
          "JOVIAL_EDGE_MAX_CONNECTIONS_PER_DEVICE", "1000");

  /** Messages of a round; few enough that a round is a matter of seconds. */
  private static final int MESSAGES = 40;

  private final Plan plan;
  private final Target target;
  private final Progress progress;

  FanoutPart(Plan plan, Target target, Progress progress) {
    this.plan = plan;
    this.target = target;
    this.progress = progress;
  }

  FanoutReport run() throws InterruptedException {
    try (Connector connector = new Connector(target.endpoint())) {
      progress.say("connecting one user %d times", plan.fanOut());
      try (FanoutLoad load =
          FanoutLoad.open(connector, Transport.TCP, plan.fanOut(), "x".repeat(plan.textBytes()))) {
        progress.say("warming up");
        load.send(MESSAGES);
        double encodedBefore = encoded();
        List<FanoutLoad.Run> runs = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
          FanoutLoad.Run run = load.send(MESSAGES);
          runs.add(run);
          progress.say("round %d: %.0f deliveries a second", round, perSecond(run));
        }
        return report(runs, encoded() - encodedBefore);
      }
    }
  }

  private FanoutReport report(List<FanoutLoad.Run> runs, double encoded) {
    int messages = runs.size() * MESSAGES;
    return new FanoutReport(
        plan.fanOut(),
        messages,
        runs.stream().map(this::perSecond).toList(),
        Latency.median(runs.stream().map(run -> Latency.of(run.toReceive())).toList()),
        Latency.median(runs.stream().map(run -> Latency.of(run.toLast())).toList()),
        encoded / messages,
        runs.stream().mapToLong(FanoutLoad.Run::missing).sum());
  }

  private double perSecond(FanoutLoad.Run run) {
    return run.toReceive().getTotalCount() / run.seconds();
  }

  private double encoded() throws InterruptedException {
    return target.management().isPresent()
        ? ServerCount.ENCODED.at(target.management().get())
        : Double.NaN;
  }
}
