package chat.jovial.bench.chaos.report;

import java.util.Arrays;
import java.util.List;

/** Times in milliseconds; NaN where there was nothing to measure. */
public record Spread(int count, double median, double p99, double max) {
  static Spread ofNanos(List<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Spread(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(long[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / 1e6;
  }
}
