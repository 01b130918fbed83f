package chat.jovial.bench;

import chat.jovial.bench.wire.Transport;
import java.util.List;
import java.util.Set;

/**
 * Plan of a run: what to measure.
 *
 * @param seconds measured of each workload, shared out over the rounds
 * @param warmUpSeconds of load on each transport before the first round
 * @param rate messages a second of the open loop, over all pairs
 * @param idle sessions
 * @param starts of each kind
 * @param receipts whether readers acknowledge every message as delivered and read
 * @param fanOut connections that one message goes to
 */
record Plan(
    Set<Part> parts,
    int pairs,
    int inFlight,
    int textBytes,
    double seconds,
    int rounds,
    double warmUpSeconds,
    List<Transport> transports,
    int rate,
    int idle,
    List<Transport> idleTransports,
    int starts,
    boolean receipts,
    int fanOut,
    FilesPlan files) {
  /** Load before each measured window, so that the rounds before it have left no trace. */
  static final double RAMP_SECONDS = 1;

  Plan withoutTransports() {
    return new Plan(
        parts,
        pairs,
        inFlight,
        textBytes,
        seconds,
        rounds,
        warmUpSeconds,
        List.of(),
        rate,
        idle,
        idleTransports,
        starts,
        receipts,
        fanOut,
        files);
  }

  double windowSeconds() {
    return seconds / rounds;
  }
}
