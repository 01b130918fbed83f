package chat.jovial.bench.chaos.plan;

import java.util.Locale;

/**
 * One thing that is done.
 *
 * @param number its place in the plan, from 1
 * @param atSeconds when, counted from the beginning of the plan; later if the one before it has not
 *     been repaired by then
 * @param forSeconds after so long it is repaired
 * @param target index of the node or store process that it hits; 0 where it hits devices
 * @param dice for whatever else is to be chosen: which devices, how slow, how wrong a clock
 */
public record Fault(
    int number, FaultKind kind, double atSeconds, double forSeconds, int target, long dice) {
  public String describe() {
    String hit = kind.hitsNode() ? " node-" : kind.hitsStore() ? " cassandra-" : " devices";
    return String.format(
        Locale.ROOT,
        "%d. %s%s for %.1f s",
        number,
        kind,
        hit.equals(" devices") ? hit : hit + (target + 1),
        forSeconds);
  }
}
