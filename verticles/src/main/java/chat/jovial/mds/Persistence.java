package chat.jovial.mds;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.mds.Entry;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.Touch;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.ums.UserExists;
import chat.jovial.contract.ums.UserExistsQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the owner of a log asks other services for. */
final class Persistence {
  private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);

  /** Between two tries of a write; the first is short, for most failures are. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /** Sends read back at an activation: what a generation of the memory holds. */
  private static final int MAX_SENDS = RecentSends.MAX_IN_GENERATION;

  private final Vertx vertx;
  private final ServiceClient services;

  Persistence(Vertx vertx, ServiceClient services) {
    this.vertx = vertx;
    this.services = services;
  }

  Future<LogTail> readTail(String conversationId, Instant sendsSince) {
    return services.call(
        Catalogue.READ_TAIL, Caller.SERVICE, new ReadTail(conversationId, sendsSince, MAX_SENDS));
  }

  Future<Optional<Entry>> findSend(FindSend request) {
    return services
        .call(Catalogue.FIND_SEND, Caller.SERVICE, request)
        .map(found -> Optional.ofNullable(found.entry()));
  }

  Future<Boolean> userExists(String appId, String userId) {
    return services
        .call(Catalogue.USER_EXISTS, Caller.SERVICE, new UserExistsQuery(appId, userId))
        .map(UserExists::exists);
  }

  /**
   * Writes a group again and again, the same rows at the same timestamp, until it is acknowledged
   * or the tenure ends; what a try that failed has done is not known, so there is nothing else to
   * do.
   */
  Future<Void> write(WriteGroup group, Tenure tenure) {
    return untilDone(
        () -> services.call(Catalogue.WRITE_GROUP, Caller.SERVICE, group), tenure, FIRST_PAUSE);
  }

  Future<Void> touch(Touch touch, Tenure tenure) {
    return untilDone(
        () -> services.call(Catalogue.TOUCH, Caller.SERVICE, touch), tenure, FIRST_PAUSE);
  }

  private Future<Void> untilDone(Supplier<Future<?>> attempt, Tenure tenure, Duration pause) {
    return attempt
        .get()
        .<Void>mapEmpty()
        .recover(
            failure -> {
              if (!tenure.lasts()) {
                return Future.failedFuture(
                    JovialException.tryAgain(
                        "the store does not answer; whether this was stored is not known",
                        Duration.ofSeconds(1)));
              }
              LOG.debug("A write is tried again", failure);
              return vertx
                  .timer(pause.toMillis())
                  .compose(waited -> untilDone(attempt, tenure, longer(pause)));
            });
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
