package chat.jovial.edge;

import chat.jovial.edge.connection.ConnectionLoop;
import chat.jovial.edge.connection.EdgeContext;
import chat.jovial.edge.network.ProxyProtocol;
import chat.jovial.edge.network.RemoteAddress;
import chat.jovial.edge.transport.ReceivedBytes;
import chat.jovial.edge.transport.TcpTransport;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Servers of one event loop: HTTP with WebSocket and SockJS, and TCP. */
final class EdgeVerticle extends VerticleBase {
  /** An HTTP connection that sends nothing for as long is closed; WebSockets have their own. */
  private static final int HTTP_IDLE_SECONDS = 60;

  /**
   * SockJS escapes a frame once more, which at worst doubles it. The frames themselves are measured
   * where they are read.
   */
  private static final int ESCAPING_FACTOR = 2;

  /** The line of a request, in which a file_token may stand that names 256 users. */
  private static final int MAX_LINE_BYTES = 16 * 1024;

  /** A peer that does not answer a close frame; the session's own timer is as long. */
  private static final int CLOSING_SECONDS = 1;

  private final EdgeConfig config;
  private final EdgeContext edge;
  private final Clock clock;
  private final BiFunction<Vertx, ConnectionLoop, EdgeRoutes> routes;
  private final BiConsumer<Integer, Integer> ports;
  private @Nullable ConnectionLoop loop;
  private @Nullable HttpServer http;
  private @Nullable NetServer tcp;

  /**
   * @param routes makes those of this event loop
   * @param ports receives the HTTP port and the TCP port
   */
  EdgeVerticle(
      EdgeConfig config,
      EdgeContext edge,
      Clock clock,
      BiFunction<Vertx, ConnectionLoop, EdgeRoutes> routes,
      BiConsumer<Integer, Integer> ports) {
    this.config = config;
    this.edge = edge;
    this.clock = clock;
    this.routes = routes;
    this.ports = ports;
  }

  @Override
  public Future<?> start() {
    ConnectionLoop own =
        new ConnectionLoop(vertx, (ContextInternal) context, clock, edge.metrics());
    loop = own;
    own.start();
    HttpServer httpServer =
        vertx
            .createHttpServer(httpOptions())
            .connectionHandler(this::accept)
            .requestHandler(routes.apply(vertx, own).handler());
    NetServer tcpServer =
        vertx
            .createNetServer(new NetServerOptions().setTcpKeepAlive(true))
            .connectHandler(socket -> serve(socket, own));
    http = httpServer;
    tcp = tcpServer;
    // A negative port is one free port that all instances share.
    return httpServer
        .listen(config.httpPort() == 0 ? -1 : config.httpPort(), config.httpHost())
        .compose(
            listening ->
                tcpServer.listen(config.tcpPort() == 0 ? -2 : config.tcpPort(), config.tcpHost()))
        .onSuccess(listening -> ports.accept(httpServer.actualPort(), tcpServer.actualPort()));
  }

  @Override
  public Future<?> stop() {
    if (loop != null) {
      loop.stop();
    }
    Future<Void> tcpClosed = tcp == null ? Future.succeededFuture() : tcp.close();
    Future<Void> httpClosed = http == null ? Future.succeededFuture() : http.close();
    return Future.join(tcpClosed, httpClosed);
  }

  ConnectionLoop loop() {
    ConnectionLoop started = loop;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private void accept(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channel();
    String peer = RemoteAddress.of(connection.remoteAddress());
    if (edge.connections().accept(channel, peer)) {
      ReceivedBytes.countMessages(channel, edge.partialBytes());
    }
  }

  private void serve(NetSocket socket, ConnectionLoop own) {
    NetSocketInternal internal = (NetSocketInternal) socket;
    Channel channel = internal.channelHandlerContext().channel();
    String peer = RemoteAddress.of(socket.remoteAddress());
    if (!edge.connections().accept(channel, peer)) {
      return;
    }
    ReceivedBytes.countBytes(channel, edge.partialBytes());
    if (!edge.proxies().contains(peer)) {
      TcpTransport.serve(internal, peer, own, edge);
      return;
    }
    var unused =
        channel
            .pipeline()
            .addFirst(
                new ProxyProtocol(
                    client -> {
                      if (client == null || edge.connections().acceptClient(channel, client)) {
                        TcpTransport.serve(internal, client == null ? peer : client, own, edge);
                      }
                    }));
  }

  private HttpServerOptions httpOptions() {
    int maxMessageBytes = ESCAPING_FACTOR * config.limits().maxFrameBytes();
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        // A compressor for each connection costs more memory than short messages save.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxWebSocketFrameSize(maxMessageBytes)
        .setMaxWebSocketMessageSize(maxMessageBytes)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(HTTP_IDLE_SECONDS);
  }
}
