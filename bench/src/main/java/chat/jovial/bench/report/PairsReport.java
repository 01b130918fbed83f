package chat.jovial.bench.report;

import chat.jovial.bench.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Pairs over one transport.
 *
 * @param perSecond messages delivered and stored, of each round
 * @param ratioToPlain median to median; NaN without plain inserts
 * @param cpuRatioToPlain CPU time of a plain insert, driver included, to that of a message,
 *     generator included: what the ratio comes to where CPU is the limit, and less moved by other
 *     programs on the machine
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
    double cpuRatioToPlain,
    Latency sendToStored,
    Latency sendToReceive,
    CpuSeconds cpu,
    CpuSeconds cpuMicrosEach,
    Verdict verdict,
    int historyMismatches,
    Map<String, Integer> errors) {}
