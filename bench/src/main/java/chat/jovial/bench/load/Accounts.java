package chat.jovial.bench.load;

import chat.jovial.bench.wire.Client;
import chat.jovial.bench.wire.Connector;
import chat.jovial.bench.wire.FrameKind;
import chat.jovial.bench.wire.FrameListener;
import chat.jovial.bench.wire.FrameScanner;
import chat.jovial.bench.wire.Transport;
import chat.jovial.contract.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * An app of the bench's own and users of it, logged in with tokens that the app asks for: no
 * password is hashed for them.
 */
public final class Accounts {
  /** No more than a connection may have in flight. */
  private static final int CALLS_AT_ONCE = 32;

  private Accounts() {}

  /** A user who may log in for as long as the server lets a token live. */
  public record User(String userId, String token) {}

  /** Registers an app and so many users. */
  static CompletableFuture<List<User>> create(Connector connector, int count) {
    return connector
        .connect(Transport.TCP, null, new Silent())
        .thenCompose(
            client -> create(client, count).whenComplete((users, failure) -> client.close()));
  }

  private static CompletableFuture<List<User>> create(Client client, int count) {
    String run = UUID.randomUUID().toString();
    User[] users = new User[count];
    return client
        .call("ums.app.register", Json.MAPPER.createObjectNode().put("name", "bench " + run))
        .thenCompose(
            app ->
                client
                    .call("ums.user.token", tokenRequest(app, run + "-keeper"))
                    // A connection without a session is closed after a while, and this may take
                    // one.
                    .thenCompose(keeper -> client.open(user(keeper).token()))
                    .thenApply(opened -> app))
        .thenCompose(
            app ->
                Bounded.forEach(
                    count,
                    CALLS_AT_ONCE,
                    i ->
                        client
                            .call("ums.user.token", tokenRequest(app, run + "-" + i))
                            .thenAccept(reply -> users[i] = user(reply))))
        .thenApply(done -> Arrays.asList(users));
  }

  private static ObjectNode tokenRequest(JsonNode app, String externalId) {
    return Json.MAPPER
        .createObjectNode()
        .put("app_id", app.path("app_id").asText())
        .put("app_secret", app.path("app_secret").asText())
        .put("external_id", externalId);
  }

  private static User user(JsonNode reply) {
    return new User(reply.path("user_id").asText(), reply.path("user_token").asText());
  }

  /** Only calls are made on this connection. */
  private static final class Silent implements FrameListener {
    @Override
    public void onFrame(FrameKind kind, FrameScanner scanner) {}

    @Override
    public void onBatchEnd() {}

    @Override
    public void onClosed(String reason) {}
  }
}
