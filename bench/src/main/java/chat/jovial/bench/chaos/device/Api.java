package chat.jovial.bench.chaos.device;

import chat.jovial.bench.chaos.evidence.MessageKey;
import chat.jovial.bench.chaos.evidence.Row;
import chat.jovial.contract.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's HTTP API, for making accounts and for reading the end of the story. Blocks. */
public final class Api {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 20;
  private static final long RETRY_MILLIS = 500;

  /** As many entries as the server gives at once. */
  private static final int PAGE = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI server;

  public Api(URI server) {
    this.server = server;
  }

  /** An app, whose secret makes users. */
  public record App(String id, String secret) {}

  /** A device of a user, logged in. */
  public record Login(String userId, String userToken) {}

  public App register(String name) throws IOException, InterruptedException {
    JsonNode app = call("ums.app.register", Json.MAPPER.createObjectNode().put("name", name), null);
    return new App(app.path("app_id").asText(), app.path("app_secret").asText());
  }

  /** A new device of the user of that name. */
  public Login login(App app, String name) throws IOException, InterruptedException {
    ObjectNode body =
        Json.MAPPER
            .createObjectNode()
            .put("app_id", app.id())
            .put("app_secret", app.secret())
            .put("external_id", name);
    JsonNode reply = call("ums.user.token", body, null);
    return new Login(reply.path("user_id").asText(), reply.path("user_token").asText());
  }

  /** The whole history of a conversation, in the order in which it is told. */
  public List<Row> history(String userToken, String conversationId)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    long after = 0;
    while (true) {
      ObjectNode body =
          Json.MAPPER
              .createObjectNode()
              .put("conversation_id", conversationId)
              .put("after", after)
              .put("limit", PAGE);
      JsonNode page = call("mss.history", body, userToken);
      for (JsonNode entry : page.path("entries")) {
        long seq = entry.path("seq").asLong();
        rows.add(new Row(seq, MessageKey.parse(entry.path("body").path("text").asText())));
        after = Math.max(after, seq);
      }
      if (!page.path("more").asBoolean() || page.path("entries").isEmpty()) {
        return rows;
      }
    }
  }

  /** Calls any operation; again for a while if the server is not there. */
  public JsonNode call(String operation, ObjectNode body, @Nullable String userToken)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/" + operation))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (userToken != null) {
      request.header("Authorization", "Bearer " + userToken);
    }
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        HttpResponse<String> response =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return Json.MAPPER.readTree(response.body());
        }
        last = new IOException(operation + ": " + response.statusCode() + " " + response.body());
        if (response.statusCode() < 500 && response.statusCode() != 429) {
          throw last;
        }
      } catch (java.net.ConnectException | java.net.http.HttpTimeoutException e) {
        last = e;
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
    throw last == null ? new IOException(operation) : last;
  }
}
