package chat.jovial.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;

/**
 * Writes straight to Netty's channel, below Vert.x's own queue, because there the bytes that the
 * peer has not taken can be counted exactly, a write needs no promise, and a flush can wait for the
 * end of the turn. Confined to the event loop.
 */
final class NettyOutbound {
  private final ChannelHandlerContext handler;
  private final EdgeLoop loop;
  private boolean flushQueued;

  NettyOutbound(ChannelHandlerContext handler, EdgeLoop loop) {
    this.handler = handler;
    this.loop = loop;
  }

  ChannelHandlerContext handler() {
    return handler;
  }

  void write(Object message) {
    var unused = handler.write(message, handler.voidPromise());
    if (!flushQueued) {
      flushQueued = true;
      loop.flushSoon(this);
    }
  }

  void flush() {
    flushQueued = false;
    handler.flush();
  }

  /** With Netty's 96 bytes for each write. */
  long pendingBytes() {
    ChannelOutboundBuffer buffer = handler.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  void whenTaken(Runnable callback) {
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
  void endOutput() {
    if (handler.channel() instanceof DuplexChannel duplex) {
      var unused = duplex.shutdownOutput();
    } else {
      destroy();
    }
  }

  void destroy() {
    destroy(handler.channel());
  }

  /** Closes without asking the handlers, which would wait for the peer. */
  static void destroy(Channel channel) {
    var unused = channel.pipeline().firstContext().close();
  }
}
