package chat.jovial.bench.report;

/**
 * CPU seconds of the server (with the embedded MongoDB, which runs inside it), of the stores in
 * processes of their own (Cassandra), and of this generator. NaN where unknown.
 */
public record CpuSeconds(double server, double stores, double generator) {
  public static final CpuSeconds ZERO = new CpuSeconds(0, 0, 0);
  private static final double MICROS = 1e6;

  public CpuSeconds minus(CpuSeconds earlier) {
    return new CpuSeconds(
        server - earlier.server, stores - earlier.stores, generator - earlier.generator);
  }

  public CpuSeconds plus(CpuSeconds other) {
    return new CpuSeconds(
        server + other.server, stores + other.stores, generator + other.generator);
  }

  /** Of all processes together. */
  public double total() {
    return server + stores + generator;
  }

  /** The same in microseconds for each of so many messages. */
  public CpuSeconds microsEach(double count) {
    double factor = MICROS / count;
    return new CpuSeconds(server * factor, stores * factor, generator * factor);
  }
}
