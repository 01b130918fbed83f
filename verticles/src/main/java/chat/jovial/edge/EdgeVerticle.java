package chat.jovial.edge;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One event loop's share of the clients: HTTP with WebSocket and SockJS, and TCP. */
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

  private final EdgeNode node;
  private final HttpPages pages;
  private final HttpApi api;
  private final BiConsumer<Integer, Integer> ports;
  private @Nullable EdgeLoop loop;
  private @Nullable HttpServer http;
  private @Nullable NetServer tcp;

  /**
   * @param ports is told the HTTP port and the TCP port
   */
  EdgeVerticle(EdgeNode node, HttpPages pages, HttpApi api, BiConsumer<Integer, Integer> ports) {
    this.node = node;
    this.pages = pages;
    this.api = api;
    this.ports = ports;
  }

  @Override
  public Future<?> start() {
    EdgeLoop own = new EdgeLoop(vertx, (ContextInternal) context, node.clock(), node.metrics());
    loop = own;
    own.start();
    EdgeConfig config = node.config();
    HttpServer httpServer =
        vertx
            .createHttpServer(httpOptions())
            .connectionHandler(
                connection -> {
                  var unused =
                      node.connections()
                          .accept(
                              ((ConnectionBase) connection).channel(),
                              RemoteAddress.of(connection.remoteAddress()));
                })
            .requestHandler(new EdgeRoutes(vertx, node, own, pages, api).handler());
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

  EdgeLoop loop() {
    EdgeLoop started = loop;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private void serve(NetSocket socket, EdgeLoop own) {
    NetSocketInternal internal = (NetSocketInternal) socket;
    String remoteAddress = RemoteAddress.of(socket.remoteAddress());
    if (node.connections().accept(internal.channelHandlerContext().channel(), remoteAddress)) {
      TcpTransport.serve(internal, own, node);
    }
  }

  private HttpServerOptions httpOptions() {
    int maxMessageBytes = ESCAPING_FACTOR * node.limits().maxFrameBytes();
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
