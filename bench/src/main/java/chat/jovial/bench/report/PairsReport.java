package chat.jovial.bench.report;

import chat.jovial.bench.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Pairs over one transport.
 *
 * @param perSecond messages delivered and stored, of each round
 * @param ratioToPlain median to median; NaN without plain inserts
 * @param cpu of all measured windows together
 * @param cpuMicrosEach the same for each message
 * @param historyMismatches conversations whose newest entry, read from the store at the end, is not
 *     the last one that was promised
 * @param errors what the server refused, with counts
 */
public record PairsReport(
    String transport,
    List<Double> perSecond,
    double medianPerSecond,
    double ratioToPlain,
    Latency sendToStored,
    Latency sendToReceive,
    CpuSeconds cpu,
    CpuSeconds cpuMicrosEach,
    Verdict verdict,
    int historyMismatches,
    Map<String, Integer> errors) {}
