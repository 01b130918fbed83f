package chat.jovial.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measurement window: what happens between two moments, over all pairs. Confined to the event loop;
 * {@link #restart} and {@link #copy} too.
 */
final class Window {
  private static final long MAX_LATENCY_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final int SIGNIFICANT_DIGITS = 3;

  /** Different messages kept; the counts of the rest are added to "other". */
  private static final int MAX_MESSAGES = 20;

  private final Histogram stored = new Histogram(MAX_LATENCY_NANOS, SIGNIFICANT_DIGITS);
  private final Histogram received = new Histogram(MAX_LATENCY_NANOS, SIGNIFICANT_DIGITS);
  private final Map<String, Integer> errors = new LinkedHashMap<>();
  private long delivered;
  private long startNanos = System.nanoTime();
  private long firstStartNanos = Long.MIN_VALUE;

  /** What a window held when it ended. Errors are those of the whole run so far. */
  record Copy(
      double seconds,
      long delivered,
      Histogram stored,
      Histogram received,
      Map<String, Integer> errors) {}

  /**
   * @param firstStartNanos of the first message whose latency counts; {@code Long.MIN_VALUE} if all
   *     that are done from now on count
   */
  void restart(long firstStartNanos) {
    this.firstStartNanos = firstStartNanos;
    stored.reset();
    received.reset();
    delivered = 0;
    startNanos = System.nanoTime();
  }

  Copy copy() {
    return new Copy(
        (System.nanoTime() - startNanos) / 1e9,
        delivered,
        stored.copy(),
        received.copy(),
        Map.copyOf(errors));
  }

  void countDelivered() {
    delivered++;
  }

  void recordStored(long messageStartNanos) {
    record(stored, messageStartNanos);
  }

  void recordReceived(long messageStartNanos) {
    record(received, messageStartNanos);
  }

  private void record(Histogram latency, long messageStartNanos) {
    if (messageStartNanos >= firstStartNanos) {
      latency.recordValue(Math.min(MAX_LATENCY_NANOS, System.nanoTime() - messageStartNanos));
    }
  }

  void noteError(String message) {
    note(message);
  }

  void fail(String reason) {
    note(reason);
  }

  private void note(String message) {
    String key = errors.size() < MAX_MESSAGES || errors.containsKey(message) ? message : "other";
    errors.merge(key, 1, Integer::sum);
  }
}
