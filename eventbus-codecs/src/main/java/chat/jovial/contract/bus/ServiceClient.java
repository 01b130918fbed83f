package chat.jovial.contract.bus;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.OfConversation;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.Service;
import chat.jovial.contract.Shards;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;

/**
 * Calls operations of services: an instance on this node if there is one, so that nothing is
 * copied; else one elsewhere in the cluster. A request about a conversation goes to the owner of
 * its shard. Futures fail with {@link JovialException} only. May be used from any thread; the
 * future completes on the caller's context.
 */
public final class ServiceClient {
  private final EventBus bus;
  private final DeliveryOptions local;
  private final DeliveryOptions cluster;

  /**
   * @param timeout after which the caller is told that the outcome is not known
   */
  public ServiceClient(EventBus bus, Duration timeout) {
    this.bus = bus;
    this.local = new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout.toMillis());
    this.cluster = new DeliveryOptions().setSendTimeout(timeout.toMillis());
  }

  public <Q extends Request, R extends Reply> Future<R> call(
      Operation<Q, R> operation, Caller caller, Q request) {
    Call call = new Call(operation, caller, request);
    String address;
    try {
      address = addressOf(operation, caller, request);
    } catch (JovialException e) {
      return Future.failedFuture(e);
    }
    return bus.<R>request(address, call, local)
        .recover(
            failure ->
                isNobodyThere(failure) && operation.service() != Service.MDS
                    ? bus.request(address, call, cluster)
                    : Future.failedFuture(failure))
        .transform(
            answer ->
                answer.succeeded()
                    ? Future.succeededFuture(answer.result().body())
                    : Future.failedFuture(JovialException.of(answer.cause())));
  }

  private static String addressOf(Operation<?, ?> operation, Caller caller, Request request) {
    return operation.service() == Service.MDS && request instanceof OfConversation of
        ? Shards.address(Shards.of(of.conversationOf(caller)))
        : operation.service().address();
  }

  private static boolean isNobodyThere(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }
}
