package chat.jovial.edge;

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
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node's edge hears from the bus, once for all its event loops. */
final class EdgeHubVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeHubVerticle.class);

  private final SessionHub hub;
  private final ServiceClient services;
  private final String here;
  private final ReceivedStreams streams = new ReceivedStreams();

  /**
   * @param here this node's id on the bus
   */
  EdgeHubVerticle(SessionHub hub, ServiceClient services, String here) {
    this.hub = hub;
    this.services = services;
    this.here = here;
  }

  @Override
  public Future<?> start() {
    pollRevoked();
    vertx
        .eventBus()
        .<Push>localConsumer(Catalogue.PUSH.address(), message -> hub.push(message.body()));
    return Future.join(
        vertx.eventBus().<Call>consumer(Pushes.address(here), this::handlePushes).completion(),
        vertx
            .eventBus()
            .<SessionEnded>consumer(
                Catalogue.SESSION_ENDED.address(), message -> hub.revoked().add(message.body()))
            .completion());
  }

  /** Acknowledged also when they came before: then the first acknowledgement was lost. */
  private void handlePushes(Message<Call> message) {
    if (message.body().request() instanceof Pushes pushes) {
      if (streams.isNew(pushes.stream(), pushes.number())) {
        pushes.pushes().forEach(hub::push);
      }
      message.reply(Nothing.NOTHING);
    }
  }

  /** One question at a time; the next one follows the answer. */
  private void pollRevoked() {
    services
        .call(
            UmsOperations.REVOKED_SINCE, Caller.SERVICE, new ListRevocations(hub.revoked().since()))
        .onSuccess(hub.revoked()::accept)
        .onFailure(
            failure -> LOG.debug("Ended sessions could not be asked for: {}", failure.getMessage()))
        .onComplete(
            done ->
                vertx.setTimer(RevokedSessions.POLL_INTERVAL.toMillis(), unused -> pollRevoked()));
  }
}
