package chat.jovial.ums.session;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ums.Revocations;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.ums.store.MongoErrors;
import chat.jovial.ums.store.MongoTimes;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Device sessions that have ended, for as long as a token of theirs may be valid. Edges receive
 * each at once on the topic {@link Catalogue#SESSION_ENDED}, which may be lost, and for certain by
 * asking every few seconds.
 */
public final class EndedSessions {
  /** Longer than any token: also for clocks that differ, and tokens signed a moment later. */
  private static final Duration MARGIN = Duration.ofHours(1);

  /**
   * Overlap of two queries: a node whose clock is late, or whose write took long, may add a session
   * with a time up to so far in the past.
   */
  public static final Duration OVERLAP = Duration.ofSeconds(10);

  /**
   * Sessions in one answer, about 100 bytes each; a query from the time given there returns more.
   */
  private static final int MAX_LISTED = 50_000;

  private final MongoClient mongo;
  private final EventBus bus;
  private final Duration tokenLifetime;
  private final Clock clock;

  public EndedSessions(MongoClient mongo, EventBus bus, Duration tokenLifetime, Clock clock) {
    this.mongo = mongo;
    this.bus = bus;
    this.tokenLifetime = tokenLifetime;
    this.clock = clock;
  }

  /** Records it, then publishes it; idempotent. */
  public Future<Void> add(SessionEnded ended) {
    Instant now = clock.instant();
    JsonObject document =
        UmsSchema.byId(ended.sessionId())
            .put("user_id", ended.userId())
            .put("reason", ended.reason())
            .put("ended_at", MongoTimes.date(now))
            .put(UmsSchema.PURGE_AT, MongoTimes.date(now.plus(tokenLifetime).plus(MARGIN)));
    return mongo
        .insert(UmsSchema.ENDED_SESSIONS, document)
        .recover(
            failure ->
                MongoErrors.isDuplicate(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure))
        .onSuccess(done -> bus.publish(Catalogue.SESSION_ENDED.address(), ended))
        .mapEmpty();
  }

  public Future<Boolean> contains(String sessionId) {
    return mongo
        .findOne(UmsSchema.ENDED_SESSIONS, UmsSchema.byId(sessionId), null)
        .map(document -> document != null);
  }

  /** Those that ended at or after that time, the earliest first. */
  public Future<Revocations> since(Instant time) {
    Instant asOf = clock.instant().minus(OVERLAP);
    JsonObject query =
        new JsonObject().put("ended_at", new JsonObject().put("$gte", MongoTimes.date(time)));
    return mongo
        .findWithOptions(
            UmsSchema.ENDED_SESSIONS,
            query,
            new FindOptions().setSort(new JsonObject().put("ended_at", 1)).setLimit(MAX_LISTED))
        .map(
            documents ->
                new Revocations(
                    documents.stream()
                        .map(
                            document ->
                                new SessionEnded(
                                    document.getString(UmsSchema.ID),
                                    document.getString("user_id"),
                                    document.getString("reason")))
                        .toList(),
                    documents.size() < MAX_LISTED
                        ? asOf
                        : MongoTimes.instant(documents.get(MAX_LISTED - 1), "ended_at")));
  }
}
