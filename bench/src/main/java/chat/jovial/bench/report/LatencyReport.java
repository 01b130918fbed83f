package chat.jovial.bench.report;

import chat.jovial.bench.check.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The open loop at a fixed rate: medians over the rounds, each message measured from when it was
 * due.
 *
 * @param plain null if the server's Cassandra is not known
 */
public record LatencyReport(
    int perSecond,
    int pairs,
    int rounds,
    double warmUpSeconds,
    double windowSeconds,
    @Nullable Latency plain,
    List<Over> pairsOver) {
  /**
   * @param p99RatioToPlain send-to-receive to insert; NaN without plain inserts
   */
  public record Over(
      String transport,
      Latency sendToStored,
      Latency sendToReceive,
      List<Double> p99MsOfRounds,
      double p99RatioToPlain,
      Verdict verdict,
      Map<String, Integer> errors) {}
}
