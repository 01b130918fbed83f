package chat.jovial.edge;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameHelper;
import io.vertx.ext.eventbus.bridge.tcp.impl.protocol.FrameParser;
import java.util.concurrent.TimeUnit;

/** The transports of the bridge protocol, each with a client. */
enum TransportKind {
  TCP {
    @Override
    TestClient connect(Vertx vertx, Edge edge) {
      NetSocket socket =
          vertx
              .createNetClient(new NetClientOptions().setReceiveBufferSize(SMALL_RECEIVE_BUFFER))
              .connect(edge.tcpPort(), HOST)
              .await();
      return new TcpClient(socket);
    }
  },
  WEB_SOCKET_TEXT {
    @Override
    TestClient connect(Vertx vertx, Edge edge) {
      return new WebSocketTestClient(open(vertx, edge, "/eventbus/websocket"), false);
    }
  },
  WEB_SOCKET_BINARY {
    @Override
    TestClient connect(Vertx vertx, Edge edge) {
      return new WebSocketTestClient(open(vertx, edge, "/eventbus/websocket"), true);
    }
  },
  SOCK_JS {
    @Override
    TestClient connect(Vertx vertx, Edge edge) {
      return new SockJsClient(open(vertx, edge, "/eventbus/123/session1/websocket"));
    }
  };

  static final String HOST = "127.0.0.1";

  /** So that a client that stops reading is noticed before the kernel has taken megabytes. */
  private static final int SMALL_RECEIVE_BUFFER = 16 * 1024;

  private static final int MAX_MESSAGE = 64 * 1024 * 1024;

  /** Generous: the machine may be busy with other tests. */
  private static final int CONNECT_SECONDS = 30;

  abstract TestClient connect(Vertx vertx, Edge edge);

  boolean hasCloseCodes() {
    return this == WEB_SOCKET_TEXT || this == WEB_SOCKET_BINARY;
  }

  String messageType() {
    return this == TCP ? "message" : "rec";
  }

  private static WebSocket open(Vertx vertx, Edge edge, String path) {
    WebSocketClient client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setReceiveBufferSize(SMALL_RECEIVE_BUFFER)
                .setClosingTimeout(1)
                .setMaxFrameSize(MAX_MESSAGE)
                .setMaxMessageSize(MAX_MESSAGE));
    return client
        .connect(new WebSocketConnectOptions().setHost(HOST).setPort(edge.httpPort()).setURI(path))
        // The client never answers if the server has closed before the handshake is on its way.
        .timeout(CONNECT_SECONDS, TimeUnit.SECONDS)
        .await();
  }

  /** The stock frame helper and parser. */
  private static final class TcpClient extends TestClient {
    private final NetSocket socket;

    TcpClient(NetSocket socket) {
      this.socket = socket;
      FrameParser parser = new FrameParser(frame -> handleFrame(frame.result().toBuffer()));
      socket
          .handler(parser)
          .exceptionHandler(failure -> {})
          .closeHandler(closed -> handleClosed(0));
    }

    @Override
    void send(JsonObject frame) {
      FrameHelper.writeFrame(frame, socket);
    }

    @Override
    void sendBytes(Buffer frame) {
      var unused = socket.write(Buffer.buffer().appendInt(frame.length()).appendBuffer(frame));
    }

    @Override
    void setReading(boolean reading) {
      var unused = reading ? socket.resume() : socket.pause();
    }

    @Override
    void readOne() {
      var unused = socket.fetch(1);
    }

    @Override
    public void close() {
      var unused = socket.close();
    }
  }

  private static class WebSocketTestClient extends TestClient {
    private final WebSocket socket;
    private final boolean binary;

    WebSocketTestClient(WebSocket socket, boolean binary) {
      this.socket = socket;
      this.binary = binary;
      if (binary) {
        socket.binaryMessageHandler(this::handleMessage);
      } else {
        socket.textMessageHandler(text -> handleMessage(Buffer.buffer(text)));
      }
      socket.exceptionHandler(failure -> {});
      socket.closeHandler(
          closed -> {
            Short code = socket.closeStatusCode();
            handleClosed(code == null ? 0 : code);
          });
    }

    void handleMessage(Buffer message) {
      handleFrame(message);
    }

    @Override
    void sendBytes(Buffer frame) {
      var unused =
          binary
              ? socket.writeBinaryMessage(frame)
              : socket.writeFrame(
                  new WebSocketFrameImpl(WebSocketFrameType.TEXT, frame.getBytes(), true));
    }

    @Override
    void setReading(boolean reading) {
      var unused = reading ? socket.resume() : socket.pause();
    }

    @Override
    void readOne() {
      var unused = socket.fetch(1);
    }

    @Override
    public void close() {
      var unused = socket.close();
    }
  }

  private static final class SockJsClient extends WebSocketTestClient {
    SockJsClient(WebSocket socket) {
      super(socket, false);
    }

    @Override
    void handleMessage(Buffer message) {
      if (message.getByte(0) == 'a') {
        for (Object frame : new JsonArray(message.getString(1, message.length()))) {
          handleFrame(Buffer.buffer((String) frame));
        }
      }
    }

    @Override
    void sendBytes(Buffer frame) {
      super.sendBytes(new JsonArray().add(frame.toString()).toBuffer());
    }
  }
}
