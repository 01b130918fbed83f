package chat.jovial.ums.account;

import chat.jovial.ums.store.MongoTimes;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Failed logins for one account since the first of them.
 *
 * @param open attempts whose password is being looked at
 * @param openUntil when those count as given up, because the node that looked has died
 * @param until when the count starts again
 */
record LoginAttempts(int failures, int open, Instant openUntil, Instant until) {
  /** Far longer than a caller waits for an answer. */
  private static final Duration GIVEN_UP = Duration.ofMinutes(1);

  static LoginAttempts of(@Nullable JsonObject document, Instant now, Duration window) {
    if (document != null) {
      Instant until = MongoTimes.instant(document, UmsSchema.PURGE_AT);
      if (now.isBefore(until)) {
        Instant openUntil = MongoTimes.instant(document, "open_until");
        int open = now.isBefore(openUntil) ? document.getInteger("open") : 0;
        return new LoginAttempts(document.getInteger("failures"), open, openUntil, until);
      }
    }
    return new LoginAttempts(0, 0, now, now.plus(window));
  }

  LoginAttempts begun(Instant now) {
    return new LoginAttempts(failures, open + 1, now.plus(GIVEN_UP), until);
  }

  LoginAttempts completed(LoginLimiter.Outcome outcome) {
    // Zero if the count started again, or the attempt expired, meanwhile.
    int left = Math.max(0, open - 1);
    return switch (outcome) {
      case RIGHT -> new LoginAttempts(0, left, openUntil, until);
      case WRONG -> new LoginAttempts(failures + 1, left, openUntil, until);
      case ABANDONED -> new LoginAttempts(failures, left, openUntil, until);
    };
  }

  JsonObject toDocument() {
    return new JsonObject()
        .put("failures", failures)
        .put("open", open)
        .put("open_until", MongoTimes.date(openUntil))
        .put(UmsSchema.PURGE_AT, MongoTimes.date(until));
  }
}
