package chat.jovial.ums.account;

import chat.jovial.contract.JovialException;
import chat.jovial.ums.UmsConfig;
import chat.jovial.ums.store.VersionedDocuments;
import chat.jovial.ums.store.VersionedDocuments.Decision;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Rate limiter for password guesses, per account and, for names that nobody has, per name: a caller
 * cannot distinguish the two. Counted in the store, so it holds across nodes and restarts. An
 * attempt is counted before the password is looked at, so that guessing many at once gains nothing.
 */
public final class LoginLimiter {
  private static final Duration BUSY = Duration.ofMillis(500);

  /** Outcome of an attempt. */
  enum Outcome {
    RIGHT,
    WRONG,
    /** The password was not checked. */
    ABANDONED
  }

  private final VersionedDocuments documents;
  private final int maxFailures;
  private final Duration window;
  private final Clock clock;

  public LoginLimiter(VersionedDocuments documents, UmsConfig config, Clock clock) {
    this.documents = documents;
    this.maxFailures = config.loginFailures();
    this.window = config.loginWindow();
    this.clock = clock;
  }

  /** Reserves an attempt, whose outcome must be recorded; fails if there were too many. */
  public Future<Void> acquire(String account) {
    return documents
        .<Optional<JovialException>>change(
            account,
            document -> {
              Instant now = clock.instant();
              LoginAttempts attempts = LoginAttempts.of(document, now, window);
              if (attempts.failures() >= maxFailures) {
                return refused(
                    "too many failed logins; wait", Duration.between(now, attempts.until()));
              }
              if (attempts.failures() + attempts.open() >= maxFailures) {
                return refused("too many logins of this user at once", BUSY);
              }
              return new Decision<>(attempts.begun(now).toDocument(), Optional.empty());
            })
        .compose(
            refusal ->
                refusal.isEmpty() ? Future.succeededFuture() : Future.failedFuture(refusal.get()));
  }

  public Future<Void> recordOutcome(String account, Outcome outcome) {
    return documents
        .change(
            account,
            document ->
                new Decision<>(
                    LoginAttempts.of(document, clock.instant(), window)
                        .completed(outcome)
                        .toDocument(),
                    outcome))
        .mapEmpty();
  }

  private static Decision<Optional<JovialException>> refused(String why, Duration retryAfter) {
    return new Decision<>(null, Optional.of(JovialException.rateLimited(why, retryAfter)));
  }
}
