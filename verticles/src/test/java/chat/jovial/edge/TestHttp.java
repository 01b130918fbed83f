package chat.jovial.edge;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Requests over HTTP by the JDK's client. The one of Vert.x is not used here: its pool now and then
 * keeps a place for a connection that is closed, and a request then waits for ever.
 */
final class TestHttp {
  /** Generous: the machine may be busy with other tests. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** An answer as a client sees it. */
  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    /** Empty if it is not there. */
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    byte[] body() {
      return response.body();
    }

    String text() {
      return new String(body(), StandardCharsets.ISO_8859_1);
    }

    JsonObject json() {
      return new JsonObject(new String(body(), StandardCharsets.UTF_8));
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  TestHttp(int port) {
    this.port = port;
  }

  /** Headers are names and values by turns. */
  CompletableFuture<Answer> send(HttpMethod method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + TransportKind.HOST + ":" + port + path))
            .timeout(PATIENCE)
            .method(
                method.name(),
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client
        .sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(Answer::new);
  }

  /** As {@link #send}, and waits for the answer. */
  Answer ask(HttpMethod method, String path, String body, String... headers) {
    return send(method, path, body, headers).join();
  }

  /** The status with which the server answers the opening of a WebSocket. */
  static int upgradeStatus(int port, String path, String... headers) {
    StringBuilder request =
        new StringBuilder("GET " + path + " HTTP/1.1\r\nUpgrade: websocket\r\n")
            .append("Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
            .append("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    try (Socket socket = new Socket(TransportKind.HOST, port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
      return Integer.parseInt(new String(start, 9, 3, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
