package chat.jovial.bench.chaos.report;

import chat.jovial.bench.chaos.check.Rule;
import chat.jovial.bench.chaos.subject.FalseAlarms;
import chat.jovial.contract.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Report of a run.
 *
 * @param violations rules that were broken, and how often; empty if none was
 * @param examples the first cases of each
 * @param settled whether everything came to rest in time when nothing was broken any more
 * @param leftOut kinds of faults that this machine or subject does not let us make
 */
public record ChaosReport(
    Instant measuredAt,
    long seed,
    int seconds,
    int nodes,
    int stores,
    int devices,
    int rate,
    Counts counts,
    Map<Rule, Long> violations,
    Map<Rule, List<String>> examples,
    boolean settled,
    double settleSeconds,
    List<Outage> outages,
    FalseAlarms falseAlarms,
    List<String> faults,
    List<String> leftOut) {
  public ChaosReport {
    violations = Map.copyOf(violations);
    examples = Map.copyOf(examples);
    outages = List.copyOf(outages);
    faults = List.copyOf(faults);
    leftOut = List.copyOf(leftOut);
  }

  public boolean isClean() {
    return violations.isEmpty() && settled;
  }

  public String json() {
    return Json.MAPPER.valueToTree(this).toPrettyString();
  }
}
