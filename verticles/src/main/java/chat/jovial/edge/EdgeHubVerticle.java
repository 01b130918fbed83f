package chat.jovial.edge;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.ums.RevokedSince;
import chat.jovial.contract.ums.SessionEnded;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node's edge hears from the bus, once for all its event loops. */
final class EdgeHubVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeHubVerticle.class);

  private final SessionHub hub;
  private final ServiceClient services;

  EdgeHubVerticle(SessionHub hub, ServiceClient services) {
    this.hub = hub;
    this.services = services;
  }

  @Override
  public Future<?> start() {
    pollRevoked();
    return Future.join(
        vertx
            .eventBus()
            .<Push>consumer(Catalogue.PUSH.address(), message -> hub.push(message.body()))
            .completion(),
        vertx
            .eventBus()
            .<SessionEnded>consumer(
                Catalogue.SESSION_ENDED.address(), message -> hub.revoked().add(message.body()))
            .completion());
  }

  /** One question at a time; the next one follows the answer. */
  private void pollRevoked() {
    services
        .call(Catalogue.REVOKED_SINCE, Caller.SERVICE, new RevokedSince(hub.revoked().since()))
        .onSuccess(hub.revoked()::accept)
        .onFailure(
            failure -> LOG.debug("Ended sessions could not be asked for: {}", failure.getMessage()))
        .onComplete(
            done ->
                vertx.setTimer(RevokedSessions.POLL_INTERVAL.toMillis(), unused -> pollRevoked()));
  }
}
