package chat.jovial.edge;

import chat.jovial.contract.JovialException;
import chat.jovial.edge.connection.ConnectionLoop;
import chat.jovial.edge.connection.EdgeContext;
import chat.jovial.edge.http.BoundedBody;
import chat.jovial.edge.http.HttpApi;
import chat.jovial.edge.http.HttpPages;
import chat.jovial.edge.http.OriginPolicy;
import chat.jovial.edge.http.PageHeaders;
import chat.jovial.edge.http.Problems;
import chat.jovial.edge.network.RemoteAddress;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HTTP routes of one event loop. */
final class EdgeRoutes {
  private static final String EVENT_BUS = "/eventbus";
  private static final String WEB_SOCKET = EVENT_BUS + "/websocket";

  /** A percent sign without two digits (RFC 3986, 2.1). */
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /** Vert.x's name of the handler that closes idle HTTP connections. */
  private static final String IDLE_HANDLER = "idle";

  private final Vertx vertx;
  private final EdgeConfig config;
  private final EdgeContext context;
  private final ConnectionLoop loop;
  private final FileRoutes files;
  private final HttpPages pages;
  private final HttpApi api;
  private final OriginPolicy origins;

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
    this.origins = new OriginPolicy(config.allowedOrigins(), config.publicUrl(), context.proxies());
  }

  /** Raw WebSockets pass the router by: its context would stay with each of them. */
  Handler<HttpServerRequest> handler() {
    Router router = router();
    return request -> {
      String problem = problemOf(request);
      if (problem != null) {
        PageHeaders.put(request, List.of());
        Problems.send(request, JovialException.invalid(problem));
      } else if (WEB_SOCKET.equals(request.path())) {
        upgradeToWebSocket(request);
      } else {
        router.handle(request);
      }
    };
  }

  /** What makes a request ambiguous or unreadable, before anything looks at it closely. */
  private static @Nullable String problemOf(HttpServerRequest request) {
    if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
      return "there are two Host headers";
    }
    return BROKEN_ESCAPE.matcher(request.uri()).find() ? "the address has a broken % escape" : null;
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
                      HttpServerRequest request = socket.routingContext().request();
                      if (acceptClient(request, context.proxies().clientOf(request))) {
                        removeIdleHandler(request);
                        SockJsTransport.serve(socket, loop, context);
                      }
                    }));
    if (!config.allowedOrigins().isEmpty()) {
      router
          .route("/api/*")
          .handler(
              cors(
                  CorsHandler.create()
                      .addOrigins(config.allowedOrigins())
                      .allowedMethod(HttpMethod.POST)
                      .allowedHeaders(Set.of("authorization", "content-type", "x-app-key"))));
      router.route("/files*").handler(cors(FileRoutes.cors(config.allowedOrigins())));
    }
    router
        .post("/api/:operation")
        .handler(
            request ->
                BoundedBody.read(
                        vertx,
                        request.request(),
                        context.limits().maxFrameBytes(),
                        context.partialBytes())
                    .onSuccess(body -> api.handle(request, body))
                    .onFailure(request::fail));
    router.route("/api/*").handler(request -> HttpApi.refuseMethod(request.request()));
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
    try {
      origins.check(request.request());
      request.next();
    } catch (JovialException e) {
      request.fail(e);
    }
  }

  /** Own pages need no permission, and would be refused it. */
  private Handler<RoutingContext> cors(CorsHandler handler) {
    return request -> {
      if (origins.isOwn(request.request())) {
        request.next();
        return;
      }
      try {
        origins.check(request.request());
      } catch (JovialException e) {
        request.fail(e);
        return;
      }
      handler.handle(request);
    };
  }

  private void upgradeToWebSocket(HttpServerRequest request) {
    if (!request.canUpgradeToWebSocket()) {
      Problems.send(request, JovialException.invalid("this is a WebSocket endpoint"));
      return;
    }
    try {
      origins.check(request);
    } catch (JovialException e) {
      Problems.send(request, e);
      return;
    }
    String client = context.proxies().clientOf(request);
    if (!acceptClient(request, client)) {
      return;
    }
    removeIdleHandler(request);
    request
        .toWebSocket()
        .onSuccess(socket -> WebSocketTransport.serve(socket, client, loop, context))
        .onFailure(failure -> Problems.send(request, failure));
  }

  /** The clients of a proxy are counted where they stay connected. */
  private boolean acceptClient(HttpServerRequest request, String client) {
    return client.equals(RemoteAddress.of(request.remoteAddress()))
        || context
            .connections()
            .acceptClient(((ConnectionBase) request.connection()).channel(), client);
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
