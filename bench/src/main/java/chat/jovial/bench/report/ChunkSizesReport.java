package chat.jovial.bench.report;

import java.util.List;

/**
 * Rows of several sizes, written and read by the plain driver with as many bytes on their way.
 *
 * @param bytes that each round wrote and read of each size
 * @param inFlight bytes on their way at once
 */
public record ChunkSizesReport(int bytes, int inFlight, int rounds, List<Size> sizes) {
  /**
   * Medians of the rounds.
   *
   * @param kib KiB of a row
   * @param writeMb 1,000,000 bytes a second
   */
  public record Size(int kib, double writeMb, Latency write, double readMb, Latency read) {}
}
