package chat.jovial.edge.network;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** Operations on Netty's channels below Vert.x. */
public final class Channels {
  private Channels() {}

  /** Bytes that the peer's network has not taken yet, with Netty's 96 bytes for each write. */
  public static long pendingBytes(Channel channel) {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** Calls back when all that the channel has been given so far is taken; never if it dies. */
  public static void whenTaken(Channel channel, Runnable callback) {
    var unused =
        channel
            .pipeline()
            .firstContext()
            .writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener(
                written -> {
                  if (written.isSuccess()) {
                    callback.run();
                  }
                });
  }

  /** Closes without asking the handlers, which would wait for the peer. */
  public static void destroy(Channel channel) {
    var unused = channel.pipeline().firstContext().close();
  }
}
