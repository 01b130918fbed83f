package chat.jovial.ums.account;

import chat.jovial.contract.JovialException;
import chat.jovial.ums.UmsConfig;
import chat.jovial.ums.store.VersionedDocuments;
import chat.jovial.ums.store.VersionedDocuments.Decision;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rate limiter for password guesses. Failures are counted for an account, or a name that nobody has
 * (a caller cannot distinguish the two), and the network that they come from: so a stranger does
 * not keep the owner out who logs in from elsewhere. All networks together have a higher limit, for
 * guesses that come from many. A device that has logged in before, and proves it by its secret, is
 * counted alone. Counted in the store, so it holds across nodes and restarts. An attempt is counted
 * before the password is checked, so that concurrent guesses gain nothing.
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

  /** An attempt whose outcome must be recorded: what it is counted under. */
  record Attempt(List<Counted> counts) {}

  /**
   * One count of an attempt.
   *
   * @param max failures within the window
   * @param endsWithSuccess whether a right password sets the count to zero
   */
  record Counted(String key, int max, boolean endsWithSuccess) {}

  private final VersionedDocuments documents;
  private final UmsConfig config;
  private final Clock clock;

  public LoginLimiter(VersionedDocuments documents, UmsConfig config, Clock clock) {
    this.documents = documents;
    this.config = config;
    this.clock = clock;
  }

  /** Reserves an attempt of a device that is not known; fails if there were too many. */
  Future<Attempt> acquire(String account, String network) {
    return acquire(
        new Attempt(
            List.of(
                new Counted(account + "@" + network, config.loginFailures(), true),
                // The success of one does not forgive the guesses of all others.
                new Counted(account, config.loginFailuresEverywhere(), false))));
  }

  /** Reserves an attempt of a known device; fails if there were too many on it. */
  Future<Attempt> acquireOnDevice(String account, String deviceId) {
    return acquire(
        new Attempt(
            List.of(new Counted(account + "/d/" + deviceId, config.loginFailures(), true))));
  }

  private Future<Attempt> acquire(Attempt attempt) {
    return acquireFrom(attempt, 0).map(attempt);
  }

  private Future<Void> acquireFrom(Attempt attempt, int index) {
    if (index == attempt.counts().size()) {
      return Future.succeededFuture();
    }
    return acquire(attempt.counts().get(index))
        .compose(
            acquired -> acquireFrom(attempt, index + 1),
            refusal ->
                recordOutcome(new Attempt(attempt.counts().subList(0, index)), Outcome.ABANDONED)
                    .transform(recorded -> Future.failedFuture(refusal)));
  }

  private Future<Void> acquire(Counted counted) {
    return documents
        .<Optional<JovialException>>change(
            counted.key(),
            document -> {
              Instant now = clock.instant();
              LoginAttempts attempts = LoginAttempts.of(document, now, config.loginWindow());
              if (attempts.failures() >= counted.max()) {
                return refused(
                    "too many failed logins; wait", Duration.between(now, attempts.until()));
              }
              if (attempts.failures() + attempts.open() >= counted.max()) {
                return refused("too many logins of this user at once", BUSY);
              }
              return new Decision<>(attempts.begun(now).toDocument(), Optional.empty());
            })
        .compose(
            refusal ->
                refusal.isEmpty() ? Future.succeededFuture() : Future.failedFuture(refusal.get()));
  }

  Future<Void> recordOutcome(Attempt attempt, Outcome outcome) {
    Future<Void> all = Future.succeededFuture();
    for (Counted counted : attempt.counts()) {
      Outcome ofThis =
          outcome == Outcome.RIGHT && !counted.endsWithSuccess() ? Outcome.ABANDONED : outcome;
      all = all.compose(recorded -> record(counted.key(), ofThis));
    }
    return all;
  }

  private Future<Void> record(String key, Outcome outcome) {
    return documents
        .change(
            key,
            document ->
                new Decision<>(
                    LoginAttempts.of(document, clock.instant(), config.loginWindow())
                        .completed(outcome)
                        .toDocument(),
                    outcome))
        .mapEmpty();
  }

  private static Decision<Optional<JovialException>> refused(String why, Duration retryAfter) {
    return new Decision<>(null, Optional.of(JovialException.rateLimited(why, retryAfter)));
  }
}
