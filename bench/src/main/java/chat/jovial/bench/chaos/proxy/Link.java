package chat.jovial.bench.chaos.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection through the proxy, both halves on one event loop. A half is read only as fast as
 * the other can be written, so that no more than a buffer of each lies here; what a slow route has
 * on its way is bounded by its delay and by the sockets.
 */
final class Link {
  private final Route route;
  private final Channel client;
  private volatile @Nullable Channel server;

  Link(Route route, Channel client) {
    this.route = route;
    this.client = client;
  }

  boolean isWhole() {
    Channel other = server;
    return client.isActive() && other != null && other.isActive();
  }

  ChannelInboundHandlerAdapter clientHalf() {
    return new Half(client);
  }

  ChannelInboundHandlerAdapter serverHalf(Channel channel) {
    server = channel;
    return new Half(channel);
  }

  /** The route has changed. Any thread. */
  void follow() {
    client.eventLoop().execute(this::apply);
  }

  /** Event loop. */
  void apply() {
    if (route.flow() == Flow.CUT || !client.isActive()) {
      close();
      return;
    }
    Channel other = server;
    if (other != null) {
      boolean reads = route.flow() != Flow.HELD;
      client.config().setAutoRead(reads && other.isWritable());
      other.config().setAutoRead(reads && client.isWritable());
    }
  }

  void close() {
    route.remove(this);
    var unused = client.close();
    Channel other = server;
    if (other != null) {
      var alsoUnused = other.close();
    }
  }

  private @Nullable Channel opposite(Channel half) {
    return half == client ? server : client;
  }

  private final class Half extends ChannelInboundHandlerAdapter {
    private final Channel own;
    private final Deque<Object> delayed = new ArrayDeque<>();

    Half(Channel own) {
      this.own = own;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Channel to = opposite(own);
      if (to == null || !to.isActive()) {
        ((ByteBuf) message).release();
        return;
      }
      long delay = route.flow() == Flow.SLOW ? route.delayMillis() : 0;
      if (delay == 0 && delayed.isEmpty()) {
        write(to, message);
      } else {
        // Each of these tasks writes what has waited longest: bytes keep their order whatever
        // happens to the delay meanwhile.
        delayed.add(message);
        var unused =
            context.executor().schedule(() -> writeOldest(to), delay, TimeUnit.MILLISECONDS);
      }
    }

    private void writeOldest(Channel to) {
      Object oldest = delayed.poll();
      if (oldest != null) {
        write(to, oldest);
      }
    }

    private void write(Channel to, Object message) {
      // A failure closes the channel, and with it the link.
      var unused = to.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      apply();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      // A cut cable does not tell the other side either.
      if (route.flow() != Flow.HELD) {
        close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      close();
    }
  }
}
