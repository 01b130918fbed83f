package chat.jovial.bench.report;

import java.util.List;

/**
 * One message to very many connections, one message after the other.
 *
 * @param connections that each message goes to
 * @param messages measured, over all rounds
 * @param deliveriesPerSecond of each round: messages that connections had, from the first send of a
 *     round to the last delivery
 * @param sendToReceive of every delivery; medians of the rounds
 * @param sendToLast until the last connection had a message; medians of the rounds
 * @param encodedEach how often the server made an event into a frame for a message; NaN if its
 *     metrics are not known
 * @param missing deliveries that did not come
 */
public record FanoutReport(
    int connections,
    int messages,
    List<Double> deliveriesPerSecond,
    Latency sendToReceive,
    Latency sendToLast,
    double encodedEach,
    long missing) {
  public double medianPerSecond() {
    return Median.of(deliveriesPerSecond.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
