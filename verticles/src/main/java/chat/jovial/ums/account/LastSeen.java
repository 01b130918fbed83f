package chat.jovial.ums.account;

import chat.jovial.contract.Nothing;
import chat.jovial.contract.ums.RecordLastSeen;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Times at which users were last online. A separate document for each user: it is written whenever
 * somebody disconnects, many at once, and must not contend with changes of the account.
 */
public final class LastSeen {
  private static final String COLLECTION = "last_seen";
  private static final String AT = "at";

  private final MongoClient mongo;

  public LastSeen(MongoClient mongo) {
    this.mongo = mongo;
  }

  public Future<Nothing> note(RecordLastSeen seen) {
    List<BulkOperation> writes = new ArrayList<>(seen.users().size());
    for (RecordLastSeen.Seen user : seen.users()) {
      JsonObject latest = new JsonObject().put(AT, user.at().toEpochMilli());
      writes.add(
          BulkOperation.createUpdate(
              new JsonObject().put(UmsSchema.ID, user.userId()),
              new JsonObject().put("$max", latest),
              true,
              false));
    }
    return writes.isEmpty()
        ? Future.succeededFuture(Nothing.NOTHING)
        : mongo.bulkWrite(COLLECTION, writes).map(Nothing.NOTHING);
  }

  public Future<Map<String, Instant>> of(List<String> userIds) {
    JsonObject query =
        new JsonObject().put(UmsSchema.ID, new JsonObject().put("$in", new JsonArray(userIds)));
    return mongo
        .find(COLLECTION, query)
        .map(
            found -> {
              Map<String, Instant> times = new HashMap<>();
              for (JsonObject document : found) {
                times.put(
                    document.getString(UmsSchema.ID), Instant.ofEpochMilli(document.getLong(AT)));
              }
              return times;
            });
  }
}
