package chat.jovial.edge;

import chat.jovial.contract.Access;
import chat.jovial.contract.Caller;
import chat.jovial.contract.EdgeOperations;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.presence.WatchPresence;
import chat.jovial.contract.session.OpenSession;
import chat.jovial.contract.session.SessionOpened;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/{operation}}: one request, without a session. */
final class HttpApi {
  private static final String APP_KEY_HEADER = "X-App-Key";
  private static final ObjectReader READER =
      Json.MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final EdgeNode node;
  private final RateLimiter addressRate;

  HttpApi(EdgeNode node, RateLimiter addressRate) {
    this.node = node;
    this.addressRate = addressRate;
  }

  /** Answers with the reply's JSON, or with a problem. */
  void handle(RoutingContext request, Buffer body) {
    node.metrics().request();
    Future<? extends Reply> reply;
    try {
      reply = call(request, body);
    } catch (JovialException e) {
      Problems.send(request.request(), e);
      return;
    }
    reply
        .onSuccess(answer -> send(request, Json.write(answer)))
        .onFailure(failure -> Problems.send(request.request(), failure));
  }

  private Future<? extends Reply> call(RoutingContext request, Buffer sent) {
    String remoteAddress = RemoteAddress.of(request.request().remoteAddress());
    addressRate.check(RemoteAddress.network(remoteAddress));
    Operation<?, ?> operation = OperationGate.operation(request.pathParam("operation"));
    node.gate().checkAddressRate(operation, remoteAddress);
    JsonNode body = bodyOf(sent);
    if (operation == EdgeOperations.SESSION_OPEN) {
      return verifyOnly(OperationGate.bind(body, OpenSession.class, null));
    }
    String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (operation.access() != Access.USER || authorization == null) {
      return call(request, operation, body, null, remoteAddress);
    }
    return node.gate()
        .identify(authorization)
        .compose(identity -> call(request, operation, body, identity, remoteAddress));
  }

  private Future<? extends Reply> call(
      RoutingContext request,
      Operation<?, ?> operation,
      @Nullable JsonNode body,
      @Nullable Identity identity,
      String remoteAddress) {
    Caller caller = node.gate().callerOf(operation, identity, null, remoteAddress);
    if (operation == EdgeOperations.PRESENCE_WATCH && identity != null) {
      // There is no connection that could be told more: this only answers.
      node.gate().checkUserRate(identity.userId());
      WatchPresence watch = OperationGate.bind(body, WatchPresence.class, null);
      return node.presence().look(identity, watch.userIds());
    }
    String appKey = request.request().getHeader(APP_KEY_HEADER);
    return node.gate()
        .call(operation, caller, OperationGate.bind(body, operation.request(), appKey));
  }

  /** There is nothing to bind over HTTP: this only tells whether the token would open a session. */
  private Future<SessionOpened> verifyOnly(OpenSession request) {
    return node.gate()
        .verify(request.userToken())
        .map(
            identity ->
                new SessionOpened(
                    identity.userId(),
                    identity.deviceId(),
                    Instant.ofEpochMilli(node.clock().millis()),
                    node.config().pingInterval().toMillis()));
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

  /** A request that never got to an operation. */
  static JovialException failureOf(RoutingContext request) {
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
