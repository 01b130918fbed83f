package chat.jovial.edge;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.edge.files.FilesDoor;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Requests about files pass the same gate as all others. */
final class EdgeFilesDoor implements FilesDoor {
  private final OperationGate gate;
  private final ServiceClient services;
  private final RateLimiter addressRate;

  EdgeFilesDoor(OperationGate gate, ServiceClient services, RateLimiter addressRate) {
    this.gate = gate;
    this.services = services;
    this.addressRate = addressRate;
  }

  @Override
  public Future<Caller> userOf(HttpServerRequest request) {
    String remoteAddress = RemoteAddress.of(request.remoteAddress());
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    try {
      addressRate.check(RemoteAddress.network(remoteAddress));
    } catch (JovialException e) {
      return Future.failedFuture(e);
    }
    if (authorization == null) {
      return Future.failedFuture(
          JovialException.unauthenticated("Authorization: Bearer <user_token> is missing"));
    }
    return gate.identify(authorization)
        .map(
            identity -> {
              gate.checkUserRate(identity.userId());
              return identity.caller(null, remoteAddress);
            });
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
