package chat.jovial.server;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The HTTP API, as an app's own server would call it. Blocks. */
final class Api {
  /** Generous: the machine may be busy with other tests. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A reply: the status, and the body if it is JSON. */
  record Answer(int status, JsonObject body) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  Api(int port) {
    this.port = port;
  }

  Answer call(String operation, JsonObject request, @Nullable String userToken) {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(uri("/api/" + operation))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(request.encode()));
    if (userToken != null) {
      post.header("Authorization", "Bearer " + userToken);
    }
    HttpResponse<String> response = send(post.build());
    return new Answer(response.statusCode(), new JsonObject(response.body()));
  }

  /** The body of a reply that must be a success. */
  JsonObject ok(String operation, JsonObject request, @Nullable String userToken) {
    Answer answer = call(operation, request, userToken);
    if (answer.status() != 200) {
      throw new AssertionError(operation + " answered " + answer);
    }
    return answer.body();
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
