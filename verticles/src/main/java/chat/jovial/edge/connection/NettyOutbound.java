package chat.jovial.edge.connection;

import chat.jovial.edge.network.Channels;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;

/**
 * Writes straight to Netty's channel, below Vert.x's own queue, because there the bytes that the
 * peer has not taken can be counted exactly, a write needs no promise, and a flush can wait for the
 * end of the turn. Confined to the event loop.
 */
public final class NettyOutbound {
  private final ChannelHandlerContext handler;
  private final ConnectionLoop loop;
  private boolean flushQueued;

  public NettyOutbound(ChannelHandlerContext handler, ConnectionLoop loop) {
    this.handler = handler;
    this.loop = loop;
  }

  public ChannelHandlerContext handler() {
    return handler;
  }

  public void write(Object message) {
    var unused = handler.write(message, handler.voidPromise());
    if (!flushQueued) {
      flushQueued = true;
      loop.flushSoon(this);
    }
  }

  public void flush() {
    flushQueued = false;
    handler.flush();
  }

  /** With Netty's 96 bytes for each write. */
  public long pendingBytes() {
    return Channels.pendingBytes(handler.channel());
  }

  public void whenTaken(Runnable callback) {
    var unused =
        handler
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(
                written -> {
                  if (written.isSuccess()) {
                    callback.run();
                  }
                });
  }

  /** The peer is told that nothing more comes; what it sends is still read. */
  public void endOutput() {
    if (handler.channel() instanceof DuplexChannel duplex) {
      var unused = duplex.shutdownOutput();
    } else {
      destroy();
    }
  }

  public void destroy() {
    Channels.destroy(handler.channel());
  }
}
