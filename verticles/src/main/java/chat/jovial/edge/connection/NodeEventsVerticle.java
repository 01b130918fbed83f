package chat.jovial.edge.connection;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.Call;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Pushes;
import chat.jovial.contract.ums.ListRevocations;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.edge.operations.RevokedSessions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receiver of pushes and of ended sessions for this node, once for all its event loops. */
public final class NodeEventsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(NodeEventsVerticle.class);

  private final ConnectionRegistry registry;
  private final RevokedSessions revoked;
  private final ServiceClient services;
  private final String here;
  private final ReceivedStreams streams = new ReceivedStreams();

  /**
   * @param here this node's id on the bus
   */
  public NodeEventsVerticle(
      ConnectionRegistry registry, RevokedSessions revoked, ServiceClient services, String here) {
    this.registry = registry;
    this.revoked = revoked;
    this.services = services;
    this.here = here;
  }

  @Override
  public Future<?> start() {
    pollRevoked();
    vertx
        .eventBus()
        .<Push>localConsumer(Catalogue.PUSH.address(), message -> registry.push(message.body()));
    return Future.join(
        vertx.eventBus().<Call>consumer(Pushes.address(here), this::handlePushes).completion(),
        vertx
            .eventBus()
            .<SessionEnded>consumer(
                Catalogue.SESSION_ENDED.address(),
                message -> registry.closeEnded(revoked.add(message.body())))
            .completion());
  }

  /** Acknowledged also when they came before: then the first acknowledgement was lost. */
  private void handlePushes(Message<Call> message) {
    if (message.body().request() instanceof Pushes pushes) {
      if (streams.isNew(pushes.stream(), pushes.number())) {
        pushes.pushes().forEach(registry::push);
      }
      message.reply(Nothing.NOTHING);
    }
  }

  /** One question at a time; the next one follows the answer. */
  private void pollRevoked() {
    services
        .call(UmsOperations.REVOKED_SINCE, Caller.SERVICE, new ListRevocations(revoked.since()))
        .onSuccess(answer -> registry.closeEnded(revoked.addAll(answer)))
        .onFailure(
            failure -> LOG.debug("Ended sessions could not be asked for: {}", failure.getMessage()))
        .onComplete(
            done ->
                vertx.setTimer(RevokedSessions.POLL_INTERVAL.toMillis(), unused -> pollRevoked()));
  }
}
