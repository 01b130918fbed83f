package chat.jovial.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** Percentiles in milliseconds of one round, or the median of each over several rounds. */
public record Latency(long count, double p50Ms, double p99Ms, double p999Ms, double maxMs) {
  private static final double NANOS_PER_MS = 1e6;

  public static Latency of(Histogram nanos) {
    return new Latency(
        nanos.getTotalCount(),
        nanos.getValueAtPercentile(50) / NANOS_PER_MS,
        nanos.getValueAtPercentile(99) / NANOS_PER_MS,
        nanos.getValueAtPercentile(99.9) / NANOS_PER_MS,
        nanos.getMaxValue() / NANOS_PER_MS);
  }

  /** The medians of the rounds; the count is that of all of them, the maximum the highest. */
  public static Latency median(List<Latency> rounds) {
    return new Latency(
        rounds.stream().mapToLong(Latency::count).sum(),
        median(rounds, Latency::p50Ms),
        median(rounds, Latency::p99Ms),
        median(rounds, Latency::p999Ms),
        rounds.stream().mapToDouble(Latency::maxMs).max().orElse(Double.NaN));
  }

  private static double median(List<Latency> rounds, ToDoubleFunction<Latency> value) {
    return Median.of(rounds.stream().mapToDouble(value).toArray());
  }
}
