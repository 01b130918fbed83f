package chat.jovial.edge.operations;

import chat.jovial.contract.Access;
import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Operation;
import chat.jovial.contract.RateClass;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.edge.limits.EdgeLimits;
import chat.jovial.edge.limits.RateLimiter;
import chat.jovial.edge.network.RemoteAddress;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Authorizer of calls from the client plane, the same for all transports: which operations there
 * are, who may call them, how often. One per node, any thread.
 */
public final class OperationAuthorizer {
  private static final String APP_KEY_FIELD = "app_key";

  /** A client that has no other node asks this one again so soon; kits wait longer and longer. */
  private static final Duration CUT_OFF_RETRY = Duration.ofSeconds(2);

  private final ServiceClient services;
  private final EdgeOperationHandlers own;
  private final TokenVerifier tokens;
  private final RateLimiter userRate;
  private final RateLimiter credentialRate;
  private final BooleanSupplier cutOff;

  /**
   * @param own the operations that the edge itself serves
   * @param cutOff whether the node does not reach those that own conversations
   */
  public OperationAuthorizer(
      ServiceClient services,
      EdgeOperationHandlers own,
      TokenVerifier tokens,
      EdgeLimits limits,
      BooleanSupplier cutOff) {
    this.services = services;
    this.own = own;
    this.cutOff = cutOff;
    this.tokens = tokens;
    this.userRate = new RateLimiter(limits.userRate(), "requests of this user", System::nanoTime);
    this.credentialRate =
        new RateLimiter(
            limits.credentialRate(), "logins and registrations from here", System::nanoTime);
  }

  /** The operation of that name; those between services do not exist for a client. */
  public static Operation<?, ?> operation(@Nullable String name) {
    if (name == null) {
      throw JovialException.invalid("address is missing");
    }
    return Catalogue.clientOperation(name)
        .orElseThrow(() -> JovialException.notFound("there is no operation of that name"));
  }

  /** Whose token this header shows. */
  public Future<Identity> identify(String authorization) {
    String token = BearerToken.of(authorization);
    return token == null
        ? Future.failedFuture(
            JovialException.unauthenticated("Authorization must be 'Bearer <user_token>'"))
        : tokens.verify(token);
  }

  /** Whose token it is, if users can be served here. */
  public Future<Identity> verify(String userToken) {
    return cutOff.getAsBoolean() ? Future.failedFuture(elsewhere()) : tokens.verify(userToken);
  }

  /** Refuses what costs a password hash when it comes too often from one address. */
  public void checkAddressRate(Operation<?, ?> operation, String remoteAddress) {
    if (operation.rateClass() == RateClass.CREDENTIALS) {
      credentialRate.check(RemoteAddress.network(remoteAddress));
    }
  }

  /**
   * On whose behalf the operation runs; refuses who may not call it.
   *
   * @param connection null over HTTP
   */
  public ClientCall authorize(
      Operation<?, ?> operation,
      @Nullable Identity identity,
      @Nullable ConnectionContext connection,
      String remoteAddress) {
    String connectionId = connection == null ? null : connection.connectionId();
    if (operation.access() != Access.USER) {
      return new ClientCall(Caller.anyone(connectionId, remoteAddress), null, connection);
    }
    if (identity == null) {
      throw JovialException.unauthenticated(
          operation.name() + " needs a user_token or an open session");
    }
    return new ClientCall(identity.caller(connectionId, remoteAddress), identity, connection);
  }

  /** The record in a body; the app's key may come in a header instead. */
  public static <Q> Q bind(@Nullable JsonNode body, Class<Q> type, @Nullable String appKey) {
    JsonNode given = body == null || body.isNull() ? Json.MAPPER.createObjectNode() : body;
    if (appKey != null && given instanceof ObjectNode object && !object.hasNonNull(APP_KEY_FIELD)) {
      object.put(APP_KEY_FIELD, appKey);
    }
    if (!given.isObject()) {
      throw JovialException.invalid("the body must be a JSON object");
    }
    return Json.read(given, type);
  }

  /** Refuses a user who asks too often. */
  public void checkUserRate(String userId) {
    userRate.check(userId);
  }

  /** Calls the service, or the edge's own handler. */
  public Future<? extends Reply> call(Operation<?, ?> operation, ClientCall call, Request request) {
    if (cutOff.getAsBoolean()) {
      // Some would work; but who logs in here cannot send, and does better elsewhere at once.
      return Future.failedFuture(elsewhere());
    }
    String userId = call.caller().userId();
    if (userId != null) {
      checkUserRate(userId);
    }
    if (operation.service() == Service.EDGE) {
      return own.handle(operation, call, request);
    }
    @SuppressWarnings("unchecked") // The body was bound to this operation's record.
    Operation<Request, Reply> untyped = (Operation<Request, Reply>) operation;
    return services.call(untyped, call.caller(), request);
  }

  private static JovialException elsewhere() {
    return JovialException.tryAgain(
        "this server does not reach the others at the moment; connect to another one",
        CUT_OFF_RETRY);
  }
}
