package chat.jovial.bench.wire;

/** Address on which a server listens. */
public record Endpoint(String host, int tcpPort, String httpHost, int httpPort) {
  public Endpoint(String host, int tcpPort, int httpPort) {
    this(host, tcpPort, host, httpPort);
  }
}
