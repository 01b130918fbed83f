package chat.jovial.ums.store;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Codec for times in MongoDB: dates of millisecond precision, which TTL indexes understand. */
public final class MongoTimes {
  private static final String DATE = "$date";

  private MongoTimes() {}

  public static JsonObject date(Instant time) {
    return new JsonObject().put(DATE, time.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  public static Instant instant(JsonObject document, String field) {
    return Instant.parse(document.getJsonObject(field).getString(DATE));
  }
}
