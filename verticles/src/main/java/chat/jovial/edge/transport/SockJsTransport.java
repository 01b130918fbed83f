package chat.jovial.edge.transport;

import chat.jovial.edge.connection.ClientConnection;
import chat.jovial.edge.connection.ConnectionLoop;
import chat.jovial.edge.connection.EdgeContext;
import chat.jovial.edge.connection.Transport;
import chat.jovial.edge.frames.CloseReason;
import chat.jovial.edge.frames.FrameStyle;
import chat.jovial.edge.network.Channels;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A SockJS connection. What the peer has not taken is counted by the futures of the writes: its
 * {@code writeQueueFull} stays false while the WebSocket below stalls. Pausing it only fills a
 * queue, and a peer that does not read keeps it from closing, so the channel below is used where
 * there is one.
 */
public final class SockJsTransport implements Transport {
  private static final String WEB_SOCKET_SUFFIX = "/websocket";

  private final SockJSSocket socket;
  private final @Nullable Channel channel;
  private final int maxFrameBytes;
  private final String remoteAddress;
  private long pendingBytes;
  private long writesBegun;
  private long writesTaken;
  private long awaitedWrite;
  private @Nullable Runnable whenTaken;

  private SockJsTransport(SockJSSocket socket, EdgeContext context) {
    this.socket = socket;
    this.channel = channelBelow(socket);
    this.maxFrameBytes = context.limits().maxFrameBytes();
    this.remoteAddress = context.proxies().clientOf(socket.routingContext().request());
  }

  /** Serves a connection until it closes. */
  public static void serve(SockJSSocket socket, ConnectionLoop loop, EdgeContext context) {
    ClientConnection.open(loop, context, new SockJsTransport(socket, context));
  }

  @Override
  public void start(ClientConnection connection) {
    if (channel != null) {
      ReceivedBytes.on(channel).serve(connection);
    }
    socket
        .handler(message -> handle(connection, message))
        .exceptionHandler(failure -> destroy())
        .closeHandler(closed -> handleClosed(connection));
  }

  /** Null for the polling transports: there each poll has a channel of its own. */
  private static @Nullable Channel channelBelow(SockJSSocket socket) {
    return socket.uri().endsWith(WEB_SOCKET_SUFFIX)
            && socket.routingContext().request().connection() instanceof ConnectionBase connection
        ? connection.channel()
        : null;
  }

  private void handle(ClientConnection connection, Buffer message) {
    byte[] bytes = message.getBytes();
    if (bytes.length > maxFrameBytes) {
      connection.close(CloseReason.TOO_LARGE);
    } else {
      connection.handleFrame(bytes, 0, bytes.length);
    }
  }

  private void handleClosed(ClientConnection connection) {
    connection.handleClosed();
    if (channel != null) {
      // A SockJS session may end without its WebSocket, which would stay open for good; and a peer
      // that does not read never completes the polite close.
      var unused =
          channel
              .eventLoop()
              .schedule(this::destroy, ClientConnection.CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void handleTaken(int length) {
    pendingBytes -= length;
    writesTaken++;
    Runnable callback = whenTaken;
    if (callback != null && writesTaken >= awaitedWrite) {
      whenTaken = null;
      callback.run();
    }
  }

  @Override
  public FrameStyle style() {
    return FrameStyle.SOCK_JS;
  }

  @Override
  public void write(byte[] json) {
    int length = json.length;
    pendingBytes += length;
    writesBegun++;
    socket
        .write(new String(json, StandardCharsets.UTF_8))
        .onComplete(written -> handleTaken(length));
  }

  @Override
  public void flush() {}

  /** With what Vert.x has written to the channel itself: pongs. */
  @Override
  public long pendingBytes() {
    return pendingBytes + (channel == null ? 0 : Channels.pendingBytes(channel));
  }

  @Override
  public void sessionOpened() {
    if (channel != null) {
      ReceivedBytes.on(channel).sessionOpened();
    }
  }

  @Override
  public void whenTaken(Runnable callback) {
    if (writesTaken >= writesBegun) {
      whenChannelHasTaken(callback);
    } else {
      awaitedWrite = writesBegun;
      whenTaken = callback;
    }
  }

  private void whenChannelHasTaken(Runnable callback) {
    if (channel == null || Channels.pendingBytes(channel) == 0) {
      callback.run();
    } else {
      Channels.whenTaken(channel, callback);
    }
  }

  @Override
  public void pauseReading() {
    // The session keeps what has been read already, the channel reads no more.
    socket.pause();
    if (channel != null) {
      channel.config().setAutoRead(false);
    }
  }

  @Override
  public void resumeReading() {
    if (channel != null) {
      channel.config().setAutoRead(true);
    }
    socket.resume();
  }

  @Override
  public void close(int code, String reason) {
    // Closing forgets what has not reached the channel yet.
    whenTaken(socket::close);
  }

  @Override
  public void destroy() {
    if (channel != null) {
      Channels.destroy(channel);
    } else {
      socket.close();
    }
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }
}
