package chat.jovial.bench.subject;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Counters of a server, from its metrics. */
public enum ServerCount {
  /** Writes of receipts to the store. */
  RECEIPT_WRITES("jovial_mss_receipt_writes_total"),
  /** Events made into frames for connections. */
  ENCODED("jovial_edge_encoded_total");

  private final String metric;

  ServerCount(String metric) {
    this.metric = metric;
  }

  /** Zero before the first; the server makes the counter with its service. */
  public double at(InetSocketAddress management) throws InterruptedException {
    URI uri =
        URI.create(
            "http://" + management.getHostString() + ":" + management.getPort() + "/metrics");
    try {
      String metrics =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return metrics
          .lines()
          .filter(line -> line.startsWith(metric))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new IllegalStateException("The server's metrics cannot be read at " + uri, e);
    }
  }
}
