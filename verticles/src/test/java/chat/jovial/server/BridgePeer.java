package chat.jovial.server;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the bridge, whatever carries its frames. Blocks. */
abstract class BridgePeer implements AutoCloseable {
  private final Map<String, CompletableFuture<JsonObject>> replies = new ConcurrentHashMap<>();
  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();

  abstract void send(JsonObject frame);

  /** To be called with each frame that comes in, on any thread. */
  final void receive(JsonObject frame) {
    String address = frame.getString("address", "");
    if (address.equals("inbox")) {
      events.add(frame.getJsonObject("body"));
      return;
    }
    CompletableFuture<JsonObject> reply = replies.remove(address);
    if (reply != null) {
      reply.complete(frame);
    }
  }

  /** The body of the reply, which must be a success. */
  final JsonObject request(String operation, JsonObject body) {
    String address = UUID.randomUUID().toString();
    CompletableFuture<JsonObject> reply = new CompletableFuture<>();
    replies.put(address, reply);
    send(
        new JsonObject()
            .put("type", "send")
            .put("address", operation)
            .put("replyAddress", address)
            .put("headers", new JsonObject())
            .put("body", body));
    JsonObject frame = reply.orTimeout(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (frame.getString("type").equals("err")) {
      throw new AssertionError(operation + " answered " + frame);
    }
    return frame.getJsonObject("body");
  }

  /** Opens the session and asks for events. */
  final void open(String userToken) {
    request("session.open", new JsonObject().put("user_token", userToken));
    send(
        new JsonObject()
            .put("type", "register")
            .put("address", "inbox")
            .put("headers", new JsonObject()));
  }

  /** The next event, waited for. */
  final JsonObject nextEvent() throws InterruptedException {
    JsonObject event = events.poll(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event within " + Api.PATIENCE);
    }
    return event;
  }

  @Override
  public abstract void close();
}
