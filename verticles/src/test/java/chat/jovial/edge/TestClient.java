package chat.jovial.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client of one transport, for tests: frames in, frames out, and how it was closed. */
abstract class TestClient implements AutoCloseable {
  /** Long, because the machine may be busy; a test that passes never waits for it. */
  static final long PATIENCE_SECONDS = 10;

  private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  abstract void sendBytes(Buffer frame);

  /** Stops or starts reading from the network. */
  abstract void setReading(boolean reading);

  /** Reads once, when reading was stopped. */
  abstract void readOne();

  @Override
  public abstract void close();

  void send(JsonObject frame) {
    sendBytes(frame.toBuffer());
  }

  void handleFrame(Buffer frame) {
    received.add(new JsonObject(frame));
  }

  /**
   * @param code 0 where the transport has none
   */
  void handleClosed(int code) {
    closed.complete(code);
  }

  /** The next frame. */
  JsonObject next() {
    try {
      JsonObject frame = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(frame).as("a frame from the server").isNotNull();
      return frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next frame for that address; others before it are dropped. */
  JsonObject next(String address) {
    JsonObject frame = next();
    while (!address.equals(frame.getString("address"))) {
      frame = next();
    }
    return frame;
  }

  /** The code with which the server closed. */
  int awaitClosed() {
    try {
      return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("not closed", e);
    }
  }

  /** Sends a request and waits for its answer. */
  JsonObject request(String address, JsonObject body) {
    return request(address, body, new JsonObject());
  }

  JsonObject request(String address, JsonObject body, JsonObject headers) {
    String replyAddress = UUID.randomUUID().toString();
    send(frame(address, body, headers, replyAddress));
    return next(replyAddress);
  }

  static JsonObject frame(
      String address, JsonObject body, JsonObject headers, @Nullable String replyAddress) {
    JsonObject frame =
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("headers", headers)
            .put("body", body);
    return replyAddress == null ? frame : frame.put("replyAddress", replyAddress);
  }

  /** Opens a session and registers for events. */
  TestClient logIn(String userToken) {
    JsonObject opened = request("session.open", new JsonObject().put("user_token", userToken));
    assertThat(opened.getString("type")).as(opened.encode()).isNotEqualTo("err");
    send(new JsonObject().put("type", "register").put("address", "inbox"));
    return this;
  }

  static JsonObject text(String userId, String text) {
    return new JsonObject()
        .put("to", new JsonObject().put("user_id", userId))
        .put("client_id", UUID.randomUUID().toString())
        .put("body", new JsonObject().put("type", "text").put("text", text));
  }
}
