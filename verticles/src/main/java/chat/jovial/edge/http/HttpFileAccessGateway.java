package chat.jovial.edge.http;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.edge.files.FileAccessGateway;
import chat.jovial.edge.files.FileCookie;
import chat.jovial.edge.limits.RateLimiter;
import chat.jovial.edge.network.RemoteAddress;
import chat.jovial.edge.network.TrustedProxies;
import chat.jovial.edge.operations.BearerToken;
import chat.jovial.edge.operations.Identity;
import chat.jovial.edge.operations.OperationAuthorizer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gateway by which requests about files are authorized and limited as all others are. */
public final class HttpFileAccessGateway implements FileAccessGateway {
  private final OperationAuthorizer operations;
  private final ServiceClient services;
  private final TrustedProxies proxies;
  private final RateLimiter addressRate;

  public HttpFileAccessGateway(
      OperationAuthorizer operations,
      ServiceClient services,
      TrustedProxies proxies,
      RateLimiter addressRate) {
    this.operations = operations;
    this.services = services;
    this.proxies = proxies;
    this.addressRate = addressRate;
  }

  @Override
  public Future<Caller> userOf(HttpServerRequest request) {
    return identify(request, bearerOf(request)).map(identity -> callerOf(identity, request));
  }

  @Override
  public Future<Caller> readerOf(HttpServerRequest request) {
    String bearer = bearerOf(request);
    return identify(request, bearer == null ? FileCookie.tokenOf(request) : bearer)
        .map(identity -> callerOf(identity, request));
  }

  @Override
  public Future<ShownToken> tokenOf(HttpServerRequest request) {
    String bearer = bearerOf(request);
    return identify(request, bearer)
        .map(
            identity ->
                new ShownToken(
                    Objects.requireNonNull(bearer),
                    Instant.ofEpochMilli(identity.expiresAtMillis())));
  }

  private Future<Identity> identify(HttpServerRequest request, @Nullable String token) {
    try {
      addressRate.check(RemoteAddress.network(proxies.clientOf(request)));
    } catch (JovialException e) {
      return Future.failedFuture(e);
    }
    if (token == null) {
      return Future.failedFuture(
          JovialException.unauthenticated("Authorization: Bearer <user_token> is missing"));
    }
    return operations
        .verify(token)
        .map(
            identity -> {
              operations.checkUserRate(identity.userId());
              return identity;
            });
  }

  /** Null if there is none, or something else is in its place. */
  private static @Nullable String bearerOf(HttpServerRequest request) {
    return BearerToken.of(request.getHeader(HttpHeaders.AUTHORIZATION));
  }

  private Caller callerOf(Identity identity, HttpServerRequest request) {
    return identity.caller(null, proxies.clientOf(request));
  }

  @Override
  public <Q extends Request, R extends Reply> Future<R> ask(Operation<Q, R> operation, Q request) {
    return services.call(operation, Caller.SERVICE, request);
  }

  @Override
  public void refuse(HttpServerRequest request, Throwable failure) {
    Problems.send(request, failure);
  }

  @Override
  public void refuse(HttpServerRequest request, int status, Throwable failure) {
    Problems.send(request, status, failure);
  }
}
