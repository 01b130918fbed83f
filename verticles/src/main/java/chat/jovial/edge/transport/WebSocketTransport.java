package chat.jovial.edge.transport;

import chat.jovial.edge.connection.ClientConnection;
import chat.jovial.edge.connection.ConnectionLoop;
import chat.jovial.edge.connection.EdgeContext;
import chat.jovial.edge.connection.NettyOutbound;
import chat.jovial.edge.frames.CloseReason;
import chat.jovial.edge.frames.FrameStyle;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.internal.http.WebSocketInternal;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket without SockJS: one JSON object a message, text or binary; the answers are of the
 * kind that was received last, because the stock Java client speaks binary frames.
 */
public final class WebSocketTransport extends NettyTransport {
  /** Longer messages are split: clients take frames of 64 KiB by default, messages of more. */
  private static final int MAX_OUTBOUND_FRAME_BYTES = 64 * 1024;

  private final ServerWebSocket socket;
  private final int maxMessageBytes;
  private @Nullable Buffer fragments;
  private boolean binary;

  private WebSocketTransport(
      ServerWebSocket socket, String client, ConnectionLoop loop, EdgeContext context) {
    super(new NettyOutbound(((WebSocketInternal) socket).channelHandlerContext(), loop), client);
    this.socket = socket;
    this.maxMessageBytes = context.limits().maxFrameBytes();
  }

  /**
   * Serves a connection until it closes.
   *
   * @param client its network address
   */
  public static void serve(
      ServerWebSocket socket, String client, ConnectionLoop loop, EdgeContext context) {
    ClientConnection.open(loop, context, new WebSocketTransport(socket, client, loop, context));
  }

  @Override
  public void start(ClientConnection connection) {
    ReceivedBytes.on(outbound.handler().channel()).serve(connection);
    socket
        .frameHandler(frame -> handle(connection, frame))
        .exceptionHandler(failure -> destroy())
        .closeHandler(closed -> connection.handleClosed());
  }

  private void handle(ClientConnection connection, WebSocketFrame frame) {
    switch (frame.type()) {
      case TEXT, BINARY -> {
        binary = frame.isBinary();
        handleData(connection, frame);
      }
      case CONTINUATION -> handleData(connection, frame);
      // Counted before they come here.
      case PING, PONG, CLOSE -> {}
    }
  }

  private void handleData(ClientConnection connection, WebSocketFrame frame) {
    Buffer data = frame.binaryData();
    Buffer before = fragments;
    if (data.length() + (before == null ? 0 : before.length()) > maxMessageBytes) {
      fragments = null;
      connection.close(CloseReason.TOO_LARGE);
      return;
    }
    if (before != null) {
      data = before.appendBuffer(data);
    } else if (!frame.isFinal()) {
      data = data.copy();
    }
    if (frame.isFinal()) {
      fragments = null;
      byte[] bytes = data.getBytes();
      connection.handleFrame(bytes, 0, bytes.length);
    } else {
      fragments = data;
    }
  }

  @Override
  public FrameStyle style() {
    return FrameStyle.WEB_SOCKET;
  }

  @Override
  public void write(byte[] json) {
    int first = Math.min(json.length, MAX_OUTBOUND_FRAME_BYTES);
    boolean whole = first == json.length;
    ByteBuf head = Unpooled.wrappedBuffer(json, 0, first);
    outbound.write(
        binary ? new BinaryWebSocketFrame(whole, 0, head) : new TextWebSocketFrame(whole, 0, head));
    for (int at = first; at < json.length; at += MAX_OUTBOUND_FRAME_BYTES) {
      int length = Math.min(json.length - at, MAX_OUTBOUND_FRAME_BYTES);
      outbound.write(
          new ContinuationWebSocketFrame(
              at + length == json.length, 0, Unpooled.wrappedBuffer(json, at, length)));
    }
  }

  @Override
  public void pauseReading() {
    socket.pause();
  }

  @Override
  public void resumeReading() {
    socket.resume();
  }

  @Override
  public void close(int code, String reason) {
    // Vert.x answers the peer's close frame and closes the channel; its own way of closing would
    // wait for the frames before, and log an error when the channel is closed meanwhile.
    outbound.write(new CloseWebSocketFrame(code, reason));
  }
}
