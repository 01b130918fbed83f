package chat.jovial.client.log;

import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Connection.Status;
import chat.jovial.client.model.JovialException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Queue of requests that wait while the client is connecting. Confined to the executor. */
final class WaitingRequests {
  /** Each is a small object. */
  private static final int MAX_WAITING = 1_000;

  private final List<Runnable> waiting = new ArrayList<>();

  /** Makes the request now, or when it is known whether there is a connection. */
  CompletableFuture<JsonNode> run(
      Connection connection, Supplier<CompletableFuture<JsonNode>> request) {
    if (connection.status() != Status.CONNECTING) {
      return request.get();
    }
    if (waiting.size() >= MAX_WAITING) {
      return CompletableFuture.failedFuture(
          new JovialException("rate_limited", "too many requests wait for the connection"));
    }
    CompletableFuture<Void> connected = new CompletableFuture<>();
    waiting.add(() -> connected.complete(null));
    return connected.thenCompose(done -> request.get());
  }

  void handleStatus(Connection connection) {
    if (connection.status() != Status.CONNECTING) {
      List<Runnable> ready = List.copyOf(waiting);
      waiting.clear();
      ready.forEach(Runnable::run);
    }
  }
}
