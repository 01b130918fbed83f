package chat.jovial.bench.report;

/**
 * Cost of receipts when every reader acknowledges every message as delivered and read.
 *
 * @param delivered messages, from the first to the last
 * @param storeWrites that the server counted meanwhile
 * @param writesPerThousand delivered messages
 */
public record ReceiptsReport(long delivered, long storeWrites, double writesPerThousand) {
  public static ReceiptsReport of(long delivered, double storeWrites) {
    return new ReceiptsReport(
        delivered, (long) storeWrites, delivered == 0 ? 0 : 1000 * storeWrites / delivered);
  }
}
