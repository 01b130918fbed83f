package chat.jovial.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one server, all on one event loop: it is one load generator, not a second
 * server.
 */
public final class Connector implements AutoCloseable {
  /** Larger than any frame that the server sends. */
  private static final int MAX_FRAME_BYTES = 4 << 20;

  private static final int CONNECT_TIMEOUT_MS = 20_000;

  private static final int STOP_SECONDS = 5;

  private final Endpoint endpoint;
  private final MultiThreadIoEventLoopGroup group;

  public Connector(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  public EventLoop eventLoop() {
    return group.next();
  }

  /**
   * Opens a connection.
   *
   * @param localAddress where it comes from, or null for any; one address has only so many ports
   */
  public CompletableFuture<Client> connect(
      Transport transport, @Nullable String localAddress, FrameListener listener) {
    Initializer initializer = new Initializer(transport, listener);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
            .handler(initializer);
    SocketAddress local = localAddress == null ? null : new InetSocketAddress(localAddress, 0);
    CompletableFuture<Client> result = new CompletableFuture<>();
    var unused =
        bootstrap
            .connect(address(transport), local)
            .addListener(
                connected -> {
                  if (connected.isSuccess()) {
                    passOn(initializer.client().opened(), result);
                  } else {
                    result.completeExceptionally(connected.cause());
                  }
                });
    return result;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static void passOn(CompletableFuture<Client> from, CompletableFuture<Client> to) {
    var unused =
        from.whenComplete(
            (client, failure) -> {
              if (failure == null) {
                to.complete(client);
              } else {
                to.completeExceptionally(failure);
              }
            });
  }

  private InetSocketAddress address(Transport transport) {
    return transport == Transport.TCP
        ? new InetSocketAddress(endpoint.host(), endpoint.tcpPort())
        : new InetSocketAddress(endpoint.httpHost(), endpoint.httpPort());
  }

  private URI uri(Transport transport) {
    String base = "ws://" + endpoint.httpHost() + ":" + endpoint.httpPort() + "/eventbus/";
    return URI.create(
        transport == Transport.SOCKJS
            ? base + "000/" + UUID.randomUUID() + "/websocket"
            : base + "websocket");
  }

  private WebSocketClientProtocolConfig configuration(Transport transport) {
    return WebSocketClientProtocolConfig.newBuilder()
        .webSocketUri(uri(transport))
        .maxFramePayloadLength(MAX_FRAME_BYTES)
        // The frames hear of a close themselves, for its code; and the server's UTF-8 is its own
        // tests' business.
        .handleCloseFrames(false)
        .withUTF8Validator(false)
        .build();
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    private final Transport transport;
    private final FrameListener listener;
    private @Nullable Client client;

    Initializer(Transport transport, FrameListener listener) {
      this.transport = transport;
      this.listener = listener;
    }

    Client client() {
      if (client == null) {
        throw new IllegalStateException("not connected");
      }
      return client;
    }

    @Override
    protected void initChannel(Channel channel) {
      ChannelPipeline pipeline = channel.pipeline();
      Client made =
          new Client(channel, transport == Transport.TCP ? Framing::tcp : Framing::plain, listener);
      client = made;
      if (transport == Transport.TCP) {
        pipeline.addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, 4, 0, 4));
        made.setOpened();
      } else {
        pipeline.addLast(new HttpClientCodec(), new HttpObjectAggregator(MAX_FRAME_BYTES));
        pipeline.addLast(new WebSocketClientProtocolHandler(configuration(transport)));
        pipeline.addLast(
            transport == Transport.SOCKJS ? new SockJsFrames(made) : new WebSocketFrames(made));
      }
      pipeline.addLast(made);
    }
  }
}
