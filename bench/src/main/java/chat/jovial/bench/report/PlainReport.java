package chat.jovial.bench.report;

import java.util.Comparator;
import java.util.List;

/**
 * Plain inserts into the same Cassandra.
 *
 * @param levels one for each number in flight
 */
public record PlainReport(List<Level> levels) {
  /**
   * @param perSecond of each round
   * @param cpuMicrosEach of Cassandra and of the driver in this process; the server's is what it
   *     uses while idle
   */
  public record Level(
      int inFlight, List<Double> perSecond, double medianPerSecond, CpuSeconds cpuMicrosEach) {
    public static Level of(int inFlight, List<Double> perSecond, CpuSeconds cpuMicrosEach) {
      return new Level(
          inFlight,
          List.copyOf(perSecond),
          Median.of(perSecond.stream().mapToDouble(Double::doubleValue).toArray()),
          cpuMicrosEach);
    }
  }

  /** The fastest: what the comparison is with. */
  public Level best() {
    return levels.stream()
        .max(Comparator.comparingDouble(Level::medianPerSecond))
        .orElseThrow(() -> new IllegalStateException("no plain inserts were measured"));
  }

  /** CPU time of Cassandra and driver for an insert, where that is least. */
  public double cheapestCpuMicros() {
    return levels.stream()
        .mapToDouble(level -> level.cpuMicrosEach().stores() + level.cpuMicrosEach().generator())
        .min()
        .orElse(Double.NaN);
  }
}
