package chat.jovial.edge.http;

import chat.jovial.contract.Access;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.edge.connection.EdgeMetrics;
import chat.jovial.edge.limits.RateLimiter;
import chat.jovial.edge.network.RemoteAddress;
import chat.jovial.edge.network.TrustedProxies;
import chat.jovial.edge.operations.ClientCall;
import chat.jovial.edge.operations.Identity;
import chat.jovial.edge.operations.OperationAuthorizer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/{operation}}: one request, without a session. */
public final class HttpApi {
  private static final String APP_KEY_HEADER = "X-App-Key";
  private static final ObjectReader READER =
      Json.CLIENT_MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final OperationAuthorizer operations;
  private final EdgeMetrics metrics;
  private final TrustedProxies proxies;
  private final RateLimiter addressRate;

  public HttpApi(
      OperationAuthorizer operations,
      EdgeMetrics metrics,
      TrustedProxies proxies,
      RateLimiter addressRate) {
    this.operations = operations;
    this.metrics = metrics;
    this.proxies = proxies;
    this.addressRate = addressRate;
  }

  /** Answers with the reply's JSON, or with a problem. */
  public void handle(RoutingContext request, Buffer body) {
    metrics.request();
    Future<? extends Reply> reply;
    try {
      reply = call(request, body);
    } catch (JovialException e) {
      Problems.send(request.request(), e);
      return;
    } catch (RuntimeException | StackOverflowError e) {
      // The last catch: whatever a body caused, its sender is answered.
      metrics.uncaught();
      Problems.send(request.request(), e);
      return;
    }
    reply
        .map(Json::write)
        .onSuccess(json -> send(request, json))
        .onFailure(failure -> Problems.send(request.request(), failure));
  }

  private Future<? extends Reply> call(RoutingContext request, Buffer sent) {
    String remoteAddress = proxies.clientOf(request.request());
    addressRate.check(RemoteAddress.network(remoteAddress));
    Operation<?, ?> operation = OperationAuthorizer.operation(request.pathParam("operation"));
    operations.checkAddressRate(operation, remoteAddress);
    JsonNode body = bodyOf(sent);
    String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (operation.access() != Access.USER || authorization == null) {
      return call(request, operation, body, null, remoteAddress);
    }
    return operations
        .identify(authorization)
        .compose(identity -> call(request, operation, body, identity, remoteAddress));
  }

  private Future<? extends Reply> call(
      RoutingContext request,
      Operation<?, ?> operation,
      @Nullable JsonNode body,
      @Nullable Identity identity,
      String remoteAddress) {
    ClientCall call = operations.authorize(operation, identity, null, remoteAddress);
    String appKey = request.request().getHeader(APP_KEY_HEADER);
    return operations.call(
        operation, call, OperationAuthorizer.bind(body, operation.request(), appKey));
  }

  private static @Nullable JsonNode bodyOf(Buffer body) {
    if (body.length() == 0) {
      return null;
    }
    try {
      return READER.readValue(body.getBytes());
    } catch (IOException e) {
      throw Json.refusal(e);
    }
  }

  private static void send(RoutingContext request, byte[] json) {
    request
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(json))
        .onFailure(gone -> request.request().connection().close());
  }

  /** Refuses what is no POST (RFC 9110, 15.5.6). */
  public static void refuseMethod(HttpServerRequest request) {
    request.response().putHeader(HttpHeaders.ALLOW, "POST");
    Problems.send(
        request,
        HttpResponseStatus.METHOD_NOT_ALLOWED.code(),
        JovialException.invalid("use POST with JSON"));
  }

  /** A request that never got to an operation. */
  public static JovialException failureOf(RoutingContext request) {
    Throwable failure = request.failure();
    if (failure instanceof JovialException known) {
      return known;
    }
    return switch (request.statusCode()) {
      case 400 -> JovialException.invalid("the HTTP request cannot be read");
      case 404 -> JovialException.notFound("there is nothing here");
      case 405, 406, 415 -> new JovialException(ErrorCode.INVALID_REQUEST, "use POST with JSON");
      default -> JovialException.internal();
    };
  }
}
