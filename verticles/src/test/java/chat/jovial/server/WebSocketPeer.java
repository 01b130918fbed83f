package chat.jovial.server;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client on the raw WebSocket endpoint. */
final class WebSocketPeer extends BridgePeer {
  private final WebSocket socket;

  WebSocketPeer(int port) {
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port + "/eventbus/websocket"), new Listener())
            .join();
  }

  @Override
  void send(JsonObject frame) {
    socket.sendText(frame.encode(), true).join();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        receive(new JsonObject(partial.toString()));
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
