package chat.jovial.bench.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closed loop.
 *
 * @param warmUpSeconds of load before the first round, not measured
 * @param rampSeconds of load at the beginning of each round, not measured
 * @param receipts null if readers acknowledged nothing
 * @param plain null if the server's Cassandra is not known
 */
public record ThroughputReport(
    int pairs,
    int inFlightEach,
    int textBytes,
    int rounds,
    double warmUpSeconds,
    double rampSeconds,
    double windowSeconds,
    @Nullable PlainReport plain,
    List<PairsReport> pairsOver,
    @Nullable ReceiptsReport receipts) {}
