package chat.jovial.mds;

import chat.jovial.cluster.Ownership;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.RoutedByConversation;
import chat.jovial.contract.Shards;
import chat.jovial.contract.bus.Call;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;

/**
 * Inbox of requests from other nodes about the conversations that this node owns. One address for
 * the node, and one verticle, so that requests keep their order; it forwards them to the verticle
 * of the shard, or answers that the shard is not this node's.
 */
public final class MdsInbox extends VerticleBase {
  private final String here;
  private final Ownership ownership;
  private final DeliveryOptions local;

  /**
   * @param timeout after which the asker has stopped waiting in any case
   */
  public MdsInbox(String here, Ownership ownership, Duration timeout) {
    this.here = here;
    this.ownership = ownership;
    this.local = new DeliveryOptions().setLocalOnly(true).setSendTimeout(timeout.toMillis());
  }

  @Override
  public Future<?> start() {
    return vertx.eventBus().<Call>consumer(Shards.nodeAddress(here), this::handle).completion();
  }

  private void handle(Message<Call> message) {
    try {
      forward(message);
    } catch (JovialException e) {
      message.reply(e);
    }
  }

  private void forward(Message<Call> message) {
    Call call = message.body();
    if (!(call.request() instanceof RoutedByConversation of)) {
      throw JovialException.invalid(call.operation().name() + " is about no conversation");
    }
    int shard = Shards.of(of.conversationOf(call.caller()));
    if (ownership.claim(shard) == Ownership.NOT_OWNED) {
      throw JovialException.notOwner("this node does not own the conversation", true);
    }
    vertx
        .eventBus()
        .request(Shards.address(shard), call, local)
        .onSuccess(answer -> message.reply(answer.body()))
        .onFailure(failure -> message.reply(JovialException.of(failure)));
  }
}
