package chat.jovial.bench.chaos.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Carries TCP connections, and breaks them when it is told to. Listens on 127.0.0.1 only. */
public final class Proxy implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  /** One thread: it copies bytes and shares the machine with what is tested. */
  private static final int THREADS = 1;

  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int STOP_SECONDS = 5;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(THREADS, NioIoHandler.newFactory());

  /** Opens a way to an address. Blocks for a moment. */
  public Route open(InetSocketAddress target) {
    Route route = new Route(target);
    Channel listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(new Accept(route))
            .bind(HOST, 0)
            .syncUninterruptibly()
            .channel();
    route.listens(listening);
    return route;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static final class Accept extends ChannelInitializer<Channel> {
    private final Route route;

    Accept(Route route) {
      this.route = route;
    }

    @Override
    protected void initChannel(Channel client) {
      Link link = new Link(route, client);
      client.pipeline().addLast(link.clientHalf());
      route.add(link);
      if (route.flow() == Flow.CUT) {
        link.close();
        return;
      }
      var unused =
          new Bootstrap()
              .group(client.eventLoop())
              .channel(NioSocketChannel.class)
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.AUTO_READ, false)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
              .handler(new Connect(link))
              .connect(route.target())
              .addListener(
                  connected -> {
                    if (connected.isSuccess()) {
                      link.apply();
                    } else {
                      link.close();
                    }
                  });
    }
  }

  private static final class Connect extends ChannelInitializer<Channel> {
    private final Link link;

    Connect(Link link) {
      this.link = link;
    }

    @Override
    protected void initChannel(Channel server) {
      server.pipeline().addLast(link.serverHalf(server));
    }
  }
}
