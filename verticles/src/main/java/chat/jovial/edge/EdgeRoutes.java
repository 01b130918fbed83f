package chat.jovial.edge;

import chat.jovial.contract.JovialException;
import chat.jovial.edge.connection.ConnectionLoop;
import chat.jovial.edge.connection.EdgeContext;
import chat.jovial.edge.http.BoundedBody;
import chat.jovial.edge.http.HttpApi;
import chat.jovial.edge.http.HttpPages;
import chat.jovial.edge.http.OriginCheck;
import chat.jovial.edge.http.PageHeaders;
import chat.jovial.edge.http.Problems;
import chat.jovial.edge.transport.SockJsTransport;
import chat.jovial.edge.transport.WebSocketTransport;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import java.util.List;
import java.util.Set;

/** HTTP routes of one event loop. */
final class EdgeRoutes {
  private static final String EVENT_BUS = "/eventbus";
  private static final String WEB_SOCKET = EVENT_BUS + "/websocket";

  /** Vert.x's name of the handler that closes idle HTTP connections. */
  private static final String IDLE_HANDLER = "idle";

  private final Vertx vertx;
  private final EdgeConfig config;
  private final EdgeContext context;
  private final ConnectionLoop loop;
  private final FileRoutes files;
  private final HttpPages pages;
  private final HttpApi api;
  private final OriginCheck origins;

  EdgeRoutes(
      Vertx vertx,
      EdgeConfig config,
      EdgeContext context,
      ConnectionLoop loop,
      FileRoutes files,
      HttpPages pages,
      HttpApi api) {
    this.vertx = vertx;
    this.config = config;
    this.context = context;
    this.files = files;
    this.loop = loop;
    this.pages = pages;
    this.api = api;
    this.origins = new OriginCheck(config.allowedOrigins());
  }

  /** Raw WebSockets pass the router by: its context would stay with each of them. */
  Handler<HttpServerRequest> handler() {
    Router router = router();
    return request -> {
      if (WEB_SOCKET.equals(request.path())) {
        upgradeToWebSocket(request);
      } else {
        router.handle(request);
      }
    };
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler((PlatformHandler) this::putHeaders);
    router.route(EVENT_BUS + "/*").handler((PlatformHandler) this::checkOrigin);
    if (!config.sockJsXhr()) {
      // Pages and tests that only the polling transports need.
      router
          .routeWithRegex(EVENT_BUS + "/(iframe.*|chunking_test)")
          .handler((PlatformHandler) request -> request.fail(404));
    }
    router
        .route(EVENT_BUS + "/*")
        .subRouter(
            SockJSHandler.create(vertx, sockJsOptions())
                .socketHandler(
                    socket -> {
                      removeIdleHandler(socket.routingContext().request());
                      SockJsTransport.serve(socket, loop, context);
                    }));
    if (!config.allowedOrigins().isEmpty()) {
      router
          .route("/api/*")
          .handler(
              CorsHandler.create()
                  .addOrigins(config.allowedOrigins())
                  .allowedMethod(HttpMethod.POST)
                  .allowedHeaders(Set.of("authorization", "content-type", "x-app-key")));
      router.route("/files*").handler(FileRoutes.cors(config.allowedOrigins()));
    }
    router
        .post("/api/:operation")
        .handler(
            request ->
                BoundedBody.read(request.request(), context.limits().maxFrameBytes())
                    .onSuccess(body -> api.handle(request, body))
                    .onFailure(request::fail));
    router.route("/api/*").handler(request -> request.fail(405));
    files.mount(router, vertx);
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(pages::handle);
    router
        .route()
        .failureHandler(request -> Problems.send(request.request(), HttpApi.failureOf(request)));
    return router;
  }

  private void putHeaders(RoutingContext request) {
    PageHeaders.put(request.request(), List.of());
    request.next();
  }

  private void checkOrigin(RoutingContext request) {
    if (origins.accepts(request.request())) {
      request.next();
    } else {
      request.fail(foreignOrigin());
    }
  }

  private void upgradeToWebSocket(HttpServerRequest request) {
    if (!request.canUpgradeToWebSocket()) {
      Problems.send(request, JovialException.invalid("this is a WebSocket endpoint"));
      return;
    }
    if (!origins.accepts(request)) {
      Problems.send(request, foreignOrigin());
      return;
    }
    removeIdleHandler(request);
    request
        .toWebSocket()
        .onSuccess(socket -> WebSocketTransport.serve(socket, loop, context))
        .onFailure(failure -> Problems.send(request, failure));
  }

  private static JovialException foreignOrigin() {
    return JovialException.forbidden("pages of this origin may not connect");
  }

  /** Sessions have their own idle timeout, without a timer for each. */
  private static void removeIdleHandler(HttpServerRequest request) {
    if (HttpHeaders.WEBSOCKET.toString().equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
        && request.connection() instanceof ConnectionBase connection
        && connection.channel().pipeline().get(IDLE_HANDLER) != null) {
      var unused = connection.channel().pipeline().remove(IDLE_HANDLER);
    }
  }

  private SockJSHandlerOptions sockJsOptions() {
    SockJSHandlerOptions options =
        new SockJSHandlerOptions()
            .setInsertJSESSIONID(false)
            .setHeartbeatInterval(config.pingInterval().toMillis());
    if (!config.sockJsXhr()) {
      for (String transport : List.of("XHR", "EVENT_SOURCE", "HTML_FILE", "JSON_P")) {
        options.addDisabledTransport(transport);
      }
    }
    return options;
  }
}
