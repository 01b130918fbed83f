package chat.jovial.ums.account;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.ums.PresencePreference;
import chat.jovial.contract.ums.UpdateAccount;
import chat.jovial.ums.store.UmsSchema;
import chat.jovial.ums.store.VersionedDocuments;
import chat.jovial.ums.store.VersionedDocuments.Decision;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Preferences of users. A separate document for each user: they change independently of the
 * account, their number has a bound that only a conditional write keeps, and presence is read for
 * many at once.
 */
public final class Preferences {
  private static final String VALUES = "values";

  private final MongoClient mongo;
  private final VersionedDocuments documents;

  public Preferences(MongoClient mongo, VersionedDocuments documents) {
    this.mongo = mongo;
    this.documents = documents;
  }

  public Future<Map<String, String>> of(String userId) {
    return documents.read(userId).map(Preferences::valuesOf);
  }

  /** Sets those that are given, removes those that are given as null; gives all of them. */
  public Future<Map<String, String>> change(User user, Map<String, @Nullable String> changes) {
    return documents.change(
        user.userId(),
        current -> {
          Map<String, String> before = valuesOf(current);
          Map<String, String> after = new HashMap<>(before);
          changes.forEach(
              (name, value) -> {
                if (value == null) {
                  after.remove(name);
                } else {
                  after.put(name, value);
                }
              });
          if (after.size() > UpdateAccount.MAX_PREFERENCES) {
            throw JovialException.invalid(
                "an account has at most "
                    + UpdateAccount.MAX_PREFERENCES
                    + " preferences; remove some");
          }
          return new Decision<>(after.equals(before) ? null : document(user, after), after);
        });
  }

  /** By user, to whom they show that they are online; only those who have chosen. */
  Future<Map<String, String>> presenceOf(List<String> userIds) {
    JsonObject query =
        new JsonObject().put(UmsSchema.ID, new JsonObject().put("$in", new JsonArray(userIds)));
    return mongo
        .find(UmsSchema.PREFERENCES, query)
        .map(
            found -> {
              Map<String, String> chosen = new HashMap<>();
              for (JsonObject document : found) {
                String choice = valuesOf(document).get(PresencePreference.NAME);
                if (choice != null) {
                  chosen.put(document.getString(UmsSchema.ID), choice);
                }
              }
              return chosen;
            });
  }

  private static JsonObject document(User user, Map<String, String> values) {
    JsonObject fields = new JsonObject();
    values.forEach(fields::put);
    return new JsonObject().put("app_id", user.appId()).put(VALUES, fields);
  }

  private static Map<String, String> valuesOf(@Nullable JsonObject document) {
    if (document == null) {
      return Map.of();
    }
    Map<String, String> values = new HashMap<>();
    document
        .getJsonObject(VALUES)
        .forEach(field -> values.put(field.getKey(), (String) field.getValue()));
    return values;
  }
}
