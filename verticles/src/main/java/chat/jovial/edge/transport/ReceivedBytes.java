package chat.jovial.edge.transport;

import chat.jovial.edge.connection.ClientConnection;
import chat.jovial.edge.limits.HeldBytes;
import chat.jovial.edge.limits.PartialBytes;
import chat.jovial.edge.network.Channels;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Account of the bytes of a channel that have come and are no whole message yet, wherever Netty,
 * Vert.x or the transport keeps them: counted before anything decodes them, forgotten when a
 * message is whole. A channel that does not fit into the node's budget is closed. Confined to the
 * channel's event loop.
 *
 * <p>It also counts the pings of WebSockets, which are answered below all that could bound them.
 */
public final class ReceivedBytes extends ChannelInboundHandlerAdapter {
  /** How long the head of an HTTP request may take, so that no connection is held by drops. */
  private static final int MAX_HEAD_SECONDS = 20;

  private static final AttributeKey<ReceivedBytes> KEY = AttributeKey.valueOf("jovial.received");

  /** Vert.x's name of its last handler. */
  private static final String VERTX_HANDLER = "handler";

  private final HeldBytes held;

  /** Bytes of the read that is being handled: they may begin the next message. */
  private int currentRead;

  /** Messages that became whole. */
  private long messages;

  private boolean awaitingHead;
  private @Nullable ClientConnection connection;

  private ReceivedBytes(PartialBytes budget) {
    this.held = new HeldBytes(budget);
  }

  /** For a channel whose transport says itself what is left: {@link #keep}. */
  public static void countBytes(Channel channel, PartialBytes budget) {
    var unused = channel.pipeline().addFirst(new ReceivedBytes(budget).of(channel));
  }

  /** For a channel with HTTP, which may become a WebSocket. */
  public static void countMessages(Channel channel, PartialBytes budget) {
    ReceivedBytes received = new ReceivedBytes(budget).of(channel);
    received.awaitingHead = true;
    var first = channel.pipeline().addFirst(received);
    var last = channel.pipeline().addBefore(VERTX_HANDLER, null, received.new Messages());
  }

  static ReceivedBytes on(Channel channel) {
    return Objects.requireNonNull(channel.attr(KEY).get(), "not counted");
  }

  private ReceivedBytes of(Channel channel) {
    channel.attr(KEY).set(this);
    var unused = channel.closeFuture().addListener(closed -> held.release());
    return this;
  }

  /** The connection to which pings and pongs are counted. */
  void serve(ClientConnection served) {
    connection = served;
  }

  void sessionOpened() {
    held.sessionOpened();
  }

  /** That many bytes are left of what has come. */
  void keep(int bytes) {
    boolean unused = held.hold(Math.min(bytes, held.held()));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    currentRead = bytes.readableBytes();
    if (!held.hold(held.held() + currentRead)) {
      var unused = ReferenceCountUtil.release(message);
      Channels.destroy(context.channel());
      return;
    }
    long before = messages;
    context.fireChannelRead(message);
    if (awaitingHead && messages == before) {
      awaitingHead = false;
      var unused =
          context
              .executor()
              .schedule(() -> closeIfSlow(context, before), MAX_HEAD_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void closeIfSlow(ChannelHandlerContext context, long before) {
    if (messages == before) {
      Channels.destroy(context.channel());
    } else {
      awaitingHead = true;
    }
  }

  private void messageRead() {
    messages++;
    keep(currentRead);
  }

  /** Sees what has been decoded. */
  private final class Messages extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof WebSocketFrame frame) {
        if (frame.isFinalFragment()) {
          messageRead();
        }
        if (isRefused(frame)) {
          var unused = ReferenceCountUtil.release(message);
          return;
        }
      } else if (message instanceof HttpObject) {
        messageRead();
      }
      context.fireChannelRead(message);
    }

    private boolean isRefused(WebSocketFrame frame) {
      ClientConnection served = connection;
      if (served == null
          || !(frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame)) {
        return false;
      }
      if (served.isOpen()) {
        served.handleControlFrame();
      }
      return !served.isOpen();
    }
  }
}
