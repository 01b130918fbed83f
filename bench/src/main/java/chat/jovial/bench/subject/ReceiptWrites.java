package chat.jovial.bench.subject;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** How often a server has written receipts to its store so far, as its metrics say. */
public final class ReceiptWrites {
  private static final String METRIC = "jovial_mss_receipt_writes_total";

  private ReceiptWrites() {}

  /** Zero before the first; the server makes the counter with its service. */
  public static double of(InetSocketAddress management) throws InterruptedException {
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
          .filter(line -> line.startsWith(METRIC))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new IllegalStateException("The server's metrics cannot be read at " + uri, e);
    }
  }
}
