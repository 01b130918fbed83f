package chat.jovial.contract.bus;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Operation;
import chat.jovial.contract.Reply;
import chat.jovial.contract.Request;
import chat.jovial.contract.RoutedByConversation;
import chat.jovial.contract.Service;
import chat.jovial.contract.Shards;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls operations of services: an instance on this node if there is one, so that nothing is
 * copied; else one elsewhere in the cluster. A request about a conversation goes to the owner of
 * its shard, wherever that is; while the shard changes hands it is sent again until the time is up.
 * Futures fail with {@link JovialException} only. May be used from any thread; the future completes
 * on the caller's context.
 */
public final class ServiceClient {
  private final EventBus bus;
  private final Duration timeout;
  private final DeliveryOptions local;
  private final DeliveryOptions cluster;

  /** One for each shard; null if all owners are on this node. */
  private final ShardRoute @Nullable [] routes;

  /**
   * A client on a node that owns every conversation itself.
   *
   * @param timeout after which the call fails, its outcome unknown
   */
  public ServiceClient(EventBus bus, Duration timeout) {
    this(bus, timeout, null);
  }

  /**
   * @param timeout after which the call fails, its outcome unknown
   * @param owners null if all owners are on this node
   */
  public ServiceClient(EventBus bus, Duration timeout, @Nullable ShardOwners owners) {
    this.bus = bus;
    this.timeout = timeout;
    this.local = new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout.toMillis());
    this.cluster = new DeliveryOptions().setSendTimeout(timeout.toMillis());
    this.routes = owners == null ? null : routes(owners);
  }

  public <Q extends Request, R extends Reply> Future<R> call(
      Operation<Q, R> operation, Caller caller, Q request) {
    Call call = new Call(operation, caller, request);
    if (operation.service() == Service.MDS && request instanceof RoutedByConversation of) {
      int shard;
      try {
        shard = Shards.of(of.conversationOf(caller));
      } catch (JovialException e) {
        return Future.failedFuture(e);
      }
      return callOwner(shard, call, of.mayBeRepeated());
    }
    String address = operation.service().address();
    return answer(
        bus.<R>request(address, call, local)
            .recover(
                failure ->
                    isNobodyThere(failure)
                        ? bus.request(address, call, cluster)
                        : Future.failedFuture(failure)));
  }

  @SuppressWarnings("unchecked") // The catalogue ties an operation to its reply.
  private <R extends Reply> Future<R> callOwner(int shard, Call call, boolean repeatable) {
    if (routes == null) {
      return answer(bus.request(Shards.address(shard), call, local));
    }
    return (Future<R>) routes[shard].call(call, repeatable, timeout);
  }

  private ShardRoute[] routes(ShardOwners owners) {
    AtomicInteger waiting = new AtomicInteger();
    ShardRoute.Sender sender =
        (node, shard, call, millis) ->
            node.equals(owners.here())
                ? send(Shards.address(shard), call, millis, true)
                : send(Shards.nodeAddress(node), call, millis, false);
    ShardRoute[] all = new ShardRoute[Shards.COUNT];
    Arrays.setAll(all, shard -> new ShardRoute(shard, owners, sender, waiting));
    return all;
  }

  private Future<Reply> send(String address, Call call, long millis, boolean here) {
    DeliveryOptions options = new DeliveryOptions().setLocalOnly(here).setSendTimeout(millis);
    return bus.<Reply>request(address, call, options).map(Message::body);
  }

  private static <R> Future<R> answer(Future<Message<R>> answer) {
    return answer.transform(
        done ->
            done.succeeded()
                ? Future.succeededFuture(done.result().body())
                : Future.failedFuture(JovialException.of(done.cause())));
  }

  private static boolean isNobodyThere(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }
}
