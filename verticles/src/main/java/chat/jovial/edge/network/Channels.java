package chat.jovial.edge.network;

import io.netty.channel.Channel;

/** Operations on Netty's channels below Vert.x. */
public final class Channels {
  private Channels() {}

  /** Closes without asking the handlers, which would wait for the peer. */
  public static void destroy(Channel channel) {
    var unused = channel.pipeline().firstContext().close();
  }
}
