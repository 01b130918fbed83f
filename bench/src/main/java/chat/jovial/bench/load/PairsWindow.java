package chat.jovial.bench.load;

import chat.jovial.bench.report.Latency;
import java.util.Map;

/**
 * One measured window of the pairs.
 *
 * @param perSecond messages stored and received, each counted once it was both
 * @param errors what the server said no with, and connections that it closed, with their counts
 *     since the pairs were opened
 */
public record PairsWindow(
    double perSecond, Latency sendToStored, Latency sendToReceive, Map<String, Integer> errors) {
  static PairsWindow of(Window.Copy copy) {
    return new PairsWindow(
        copy.delivered() / copy.seconds(),
        Latency.of(copy.stored()),
        Latency.of(copy.received()),
        copy.errors());
  }
}
