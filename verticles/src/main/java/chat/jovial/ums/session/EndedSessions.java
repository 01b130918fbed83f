package chat.jovial.ums.session;

import chat.jovial.contract.Catalogue;
import chat.jovial.contract.ums.Revocations;
import chat.jovial.contract.ums.SessionEnded;
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
 * The device sessions that have ended, for as long as a token of theirs may live. Edges hear of one
 * at once by the topic {@link Catalogue#SESSION_ENDED}, which may be lost, and for certain by
 * asking every few seconds.
 */
public final class EndedSessions {
  /** Longer than any token: also for clocks that differ, and tokens signed a moment later. */
  private static final Duration MARGIN = Duration.ofHours(1);

  /**
   * By how much the time to ask from lies back: a node whose clock is late, or whose write took
   * long, may add a session with a time that lies as much behind.
   */
  public static final Duration OVERLAP = Duration.ofSeconds(10);

  /**
   * SessionManager told at once, about 100 bytes each; who asks again from the time given gets
   * more.
   */
  private static final int MAX_TOLD = 50_000;

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

  /** Records it, then tells everyone; again is harmless. */
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
                UmsSchema.isDuplicate(failure)
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
            new FindOptions().setSort(new JsonObject().put("ended_at", 1)).setLimit(MAX_TOLD))
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
                    documents.size() < MAX_TOLD
                        ? asOf
                        : MongoTimes.instant(documents.get(MAX_TOLD - 1), "ended_at")));
  }
}
