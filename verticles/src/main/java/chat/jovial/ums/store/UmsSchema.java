package chat.jovial.ums.store;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Schema of the User Management System: its collections and their indexes.
 *
 * <p>Queries are by {@code _id} or by exactly the fields of one unique index: the embedded server
 * uses an index for those only and looks through the whole collection for all others. What a query
 * cannot say that way is checked in memory, above all that a document belongs to the app that asks.
 */
public final class UmsSchema {
  public static final String APPS = "apps";
  public static final String USERS = "users";

  /** One document per user, {@code _id} is the user's: all devices on which they are logged in. */
  public static final String DEVICE_SESSIONS = "device_sessions";

  /** One small document per ended device session, until no token of it can be alive. */
  public static final String ENDED_SESSIONS = "ended_sessions";

  /** One document per user who has set any, {@code _id} is the user's. */
  public static final String PREFERENCES = "preferences";

  public static final String LOGIN_ATTEMPTS = "login_attempts";
  public static final String SIGNING_KEYS = "signing_keys";

  public static final String ID = "_id";

  /** After this time a document may be removed. */
  public static final String PURGE_AT = "purge_at";

  /** For {@link VersionedDocuments}. */
  static final String REVISION = "rev";

  private static final List<String> PURGED =
      List.of(DEVICE_SESSIONS, ENDED_SESSIONS, LOGIN_ATTEMPTS);

  private UmsSchema() {}

  /** Makes the indexes that are missing; harmless when several nodes start at once. */
  public static Future<Void> createIndexes(MongoClient mongo) {
    return unique(mongo, USERS, "username_key")
        .compose(done -> unique(mongo, USERS, "external_key"))
        .compose(done -> revision(mongo, DEVICE_SESSIONS))
        .compose(done -> revision(mongo, LOGIN_ATTEMPTS))
        .compose(done -> revision(mongo, PREFERENCES))
        .compose(
            done ->
                mongo.createIndexWithOptions(
                    ENDED_SESSIONS,
                    new JsonObject().put("ended_at", 1),
                    new IndexOptions().name("ended_at")))
        .compose(done -> expiring(mongo, DEVICE_SESSIONS))
        .compose(done -> expiring(mongo, ENDED_SESSIONS))
        .compose(done -> expiring(mongo, LOGIN_ATTEMPTS));
  }

  /**
   * Removes what has expired. MongoDB does that by its TTL indexes; the embedded server accepts
   * them but does not act on them.
   */
  public static Future<Void> purge(MongoClient mongo, Instant now) {
    JsonObject expired =
        new JsonObject().put(PURGE_AT, new JsonObject().put("$lt", MongoTimes.date(now)));
    Future<Void> all = Future.succeededFuture();
    for (String collection : PURGED) {
      all = all.compose(done -> mongo.removeDocuments(collection, expired).mapEmpty());
    }
    return all;
  }

  public static JsonObject byId(String id) {
    return new JsonObject().put(ID, id);
  }

  /** Unique among the documents that have the field. */
  private static Future<Void> unique(MongoClient mongo, String collection, String field) {
    return mongo.createIndexWithOptions(
        collection,
        new JsonObject().put(field, 1),
        new IndexOptions().name(field).unique(true).sparse(true));
  }

  private static Future<Void> revision(MongoClient mongo, String collection) {
    return mongo.createIndexWithOptions(
        collection,
        new JsonObject().put(ID, 1).put(REVISION, 1),
        new IndexOptions().name("revision").unique(true));
  }

  private static Future<Void> expiring(MongoClient mongo, String collection) {
    return mongo.createIndexWithOptions(
        collection,
        new JsonObject().put(PURGE_AT, 1),
        new IndexOptions().name(PURGE_AT).expireAfter(0L, TimeUnit.SECONDS));
  }
}
