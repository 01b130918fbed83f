package chat.jovial.ums;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The failed logins for one account since the first of them.
 *
 * @param open attempts whose password is being looked at
 * @param until when the count begins anew
 */
record LoginAttempts(int failures, int open, Instant until) {

  static LoginAttempts of(@Nullable JsonObject document, Instant now, Duration window) {
    if (document != null) {
      Instant until = MongoTimes.instant(document, Store.PURGE_AT);
      if (now.isBefore(until)) {
        return new LoginAttempts(
            document.getInteger("failures"), document.getInteger("open"), until);
      }
    }
    return new LoginAttempts(0, 0, now.plus(window));
  }

  LoginAttempts begun() {
    return new LoginAttempts(failures, open + 1, until);
  }

  LoginAttempts settled(LoginLimiter.Outcome outcome) {
    // Zero if the count began anew meanwhile.
    int left = Math.max(0, open - 1);
    return switch (outcome) {
      case RIGHT -> new LoginAttempts(0, left, until);
      case WRONG -> new LoginAttempts(failures + 1, left, until);
      case ABANDONED -> new LoginAttempts(failures, left, until);
    };
  }

  JsonObject toDocument() {
    return new JsonObject()
        .put("failures", failures)
        .put("open", open)
        .put(Store.PURGE_AT, MongoTimes.date(until));
  }
}
