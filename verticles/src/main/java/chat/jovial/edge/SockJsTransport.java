package chat.jovial.edge;

import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A SockJS session. What the peer has not taken is counted by the futures of the writes: its {@code
 * writeQueueFull} stays false while the WebSocket below stalls. Pausing it only fills a queue, and
 * a peer that does not read keeps it from closing, so the channel below is used where there is one.
 */
final class SockJsTransport implements Transport {
  private static final String WEB_SOCKET_SUFFIX = "/websocket";

  private final SockJSSocket socket;
  private final @Nullable Channel channel;
  private final int maxFrameBytes;
  private final String remoteAddress;
  private final ClientSession session;
  private long pendingBytes;
  private long writesBegun;
  private long writesTaken;
  private long awaitedWrite;
  private @Nullable Runnable whenTaken;

  SockJsTransport(SockJSSocket socket, EdgeLoop loop, EdgeNode node) {
    this.socket = socket;
    this.channel = channelBelow(socket);
    this.maxFrameBytes = node.limits().maxFrameBytes();
    this.remoteAddress = RemoteAddress.of(socket.remoteAddress());
    this.session = new ClientSession(loop, node, this);
  }

  /** Serves a connection until it closes. */
  static void serve(SockJSSocket socket, EdgeLoop loop, EdgeNode node) {
    SockJsTransport transport = new SockJsTransport(socket, loop, node);
    socket
        .handler(transport::handle)
        .exceptionHandler(failure -> transport.destroy())
        .closeHandler(closed -> transport.handleClosed());
  }

  /** Null for the polling transports: there each poll has a channel of its own. */
  private static @Nullable Channel channelBelow(SockJSSocket socket) {
    return socket.uri().endsWith(WEB_SOCKET_SUFFIX)
            && socket.routingContext().request().connection() instanceof ConnectionBase connection
        ? connection.channel()
        : null;
  }

  private void handle(Buffer message) {
    byte[] bytes = message.getBytes();
    if (bytes.length > maxFrameBytes) {
      session.close(CloseReason.TOO_LARGE);
    } else {
      session.handleFrame(bytes, 0, bytes.length);
    }
  }

  private void handleClosed() {
    session.handleClosed();
    if (channel != null) {
      // A SockJS session may end without its WebSocket, which would stay open for good; and a peer
      // that does not read never completes the polite close.
      var unused =
          channel
              .eventLoop()
              .schedule(this::destroy, ClientSession.CLOSE_MILLIS, TimeUnit.MILLISECONDS);
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

  @Override
  public long pendingBytes() {
    return pendingBytes;
  }

  @Override
  public void whenTaken(Runnable callback) {
    if (writesTaken >= writesBegun) {
      callback.run();
    } else {
      awaitedWrite = writesBegun;
      whenTaken = callback;
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
      NettyOutbound.destroy(channel);
    } else {
      socket.close();
    }
  }

  @Override
  public String remoteAddress() {
    return remoteAddress;
  }
}
