package chat.jovial.client;

import chat.jovial.client.model.Connection;
import chat.jovial.client.model.Entry;
import chat.jovial.client.model.Event;
import chat.jovial.client.model.Message;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A client of the scripted server, with what it showed. */
final class Device implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  final JovialClient client;
  final List<Entry> shown = new CopyOnWriteArrayList<>();
  final List<Connection> connections = new CopyOnWriteArrayList<>();

  Device(ScriptedServer server, String userId, Store store) {
    this(config(server, userId, store).build());
  }

  Device(ClientConfig config) {
    client = JovialClient.connect(config);
    client.on(Event.ENTRY, shown::add);
    client.on(Event.CONNECTION, connections::add);
  }

  static ClientConfig.Builder config(ScriptedServer server, String userId, Store store) {
    return ClientConfig.builder()
        .endpoint("localhost", server.port())
        .tokens(Tokens.of(ScriptedServer.token(userId, "d1"), "first"))
        .store(store)
        .backoff(Duration.ofMillis(10), Duration.ofMillis(50))
        .ackDelay(Duration.ofMillis(1));
  }

  List<String> texts(String conversationId) {
    return await(client.messages(conversationId)).stream().map(Device::textOf).toList();
  }

  static String textOf(Message message) {
    var body = message.body();
    return body == null ? "(" + message.removed() + ")" : String.valueOf(body.text());
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("not within " + PATIENCE_SECONDS + " s", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
