package chat.jovial.mss;

import chat.jovial.limits.ConcurrencyLimiter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Concurrency limits of the pages that a node reads at once, shared by its MSS verticles.
 *
 * @param pages of histories and timelines; each has a page and a slice beyond in memory
 * @param syncs whose pages are about 1 MB
 */
public record PageLimiters(ConcurrencyLimiter pages, ConcurrencyLimiter syncs) {
  private static final int MAX_PAGES_AT_ONCE = 16;

  /** Pages that wait, some hundred bytes each. */
  private static final int MAX_PAGES_WAITING = 5_000;

  private static final int MAX_SYNCS_AT_ONCE = 8;

  /** Some hundred bytes each: as many devices may reconnect at one moment. */
  private static final int MAX_SYNCS_WAITING = 2_000;

  /**
   * @param verticles MSS verticles of the node
   */
  public static PageLimiters create(int verticles, MeterRegistry metrics) {
    return new PageLimiters(
        new ConcurrencyLimiter(
            "pages of messages",
            verticles * MAX_PAGES_AT_ONCE,
            verticles * MAX_PAGES_WAITING,
            metrics),
        new ConcurrencyLimiter(
            "syncs", verticles * MAX_SYNCS_AT_ONCE, verticles * MAX_SYNCS_WAITING, metrics));
  }
}
