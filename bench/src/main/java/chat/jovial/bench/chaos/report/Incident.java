package chat.jovial.bench.chaos.report;

import chat.jovial.bench.chaos.plan.Fault;
import java.util.List;

/**
 * A fault as it happened.
 *
 * @param beginNanos when it was made
 * @param endNanos when all of it was repaired
 * @param victims devices that were connected to the node that it hit
 */
public record Incident(Fault fault, long beginNanos, long endNanos, List<Integer> victims) {
  public Incident {
    victims = List.copyOf(victims);
  }
}
