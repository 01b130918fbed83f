package chat.jovial.ums;

import chat.jovial.contract.Ids;
import chat.jovial.keys.MasterKeys;
import chat.jovial.ums.account.AccountDetails;
import chat.jovial.ums.account.Accounts;
import chat.jovial.ums.account.AppSecrets;
import chat.jovial.ums.account.Apps;
import chat.jovial.ums.account.LastSeen;
import chat.jovial.ums.account.LoginLimiter;
import chat.jovial.ums.account.Preferences;
import chat.jovial.ums.account.Users;
import chat.jovial.ums.password.BoundedWorkers;
import chat.jovial.ums.password.Passwords;
import chat.jovial.ums.session.EndedSessions;
import chat.jovial.ums.session.SessionManager;
import chat.jovial.ums.store.UmsSchema;
import chat.jovial.ums.store.VersionedDocuments;
import chat.jovial.ums.token.SigningKeys;
import chat.jovial.ums.token.Tokens;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mongo.MongoClient;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parts of the User Management System that the verticles of a node share: threads that hash
 * passwords, signing keys, caches. Any thread.
 */
public final class Ums {
  private static final Logger LOG = LoggerFactory.getLogger(Ums.class);

  /** MongoDB's TTL indexes look once a minute; this is only for the embedded server. */
  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(10);

  /** One may sign while one verifies; the library allows one of each at a time. */
  private static final int SIGNING_THREADS = 2;

  /** Tokens that may wait, about half a millisecond each. */
  private static final int SIGNING_QUEUE = 2_000;

  private final Vertx vertx;
  private final BoundedWorkers hashing;
  private final BoundedWorkers signing;
  private final long purgeTimer;
  final SigningKeys keys;
  final Tokens tokens;
  final Apps apps;
  final Users users;
  final EndedSessions ended;
  final SessionManager sessions;
  final Accounts accounts;
  final AccountDetails details;
  final LastSeen lastSeen;

  private Ums(
      Vertx vertx,
      UmsConfig config,
      MongoClient mongo,
      MeterRegistry metrics,
      Clock clock,
      BoundedWorkers signing,
      SigningKeys keys) {
    this.vertx = vertx;
    this.signing = signing;
    this.keys = keys;
    NoArgGenerator generator = Generators.timeBasedEpochGenerator();
    Supplier<String> newId = () -> Ids.text(generator.generate());
    this.hashing =
        new BoundedWorkers(
            vertx, "passwords", config.passwordThreads(), config.passwordQueue(), metrics);
    Passwords passwords = new Passwords(hashing, config.argon2());
    this.tokens = new Tokens(keys, config.tokenLifetime(), clock);
    AppSecrets secrets = new AppSecrets(vertx, passwords, config.secretCache());
    this.apps = new Apps(mongo, passwords, secrets, tokens, config.operatorKey(), newId, clock);
    this.users = new Users(mongo, newId, clock);
    this.ended = new EndedSessions(mongo, vertx.eventBus(), config.tokenLifetime(), clock);
    this.sessions =
        new SessionManager(
            new VersionedDocuments(mongo, UmsSchema.DEVICE_SESSIONS),
            ended,
            tokens,
            config,
            newId,
            clock);
    LoginLimiter limiter =
        new LoginLimiter(new VersionedDocuments(mongo, UmsSchema.LOGIN_ATTEMPTS), config, clock);
    this.accounts = new Accounts(apps, users, passwords, limiter, sessions, metrics);
    this.lastSeen = new LastSeen(mongo);
    this.details =
        new AccountDetails(
            users,
            new Preferences(mongo, new VersionedDocuments(mongo, UmsSchema.PREFERENCES)),
            lastSeen);
    this.purgeTimer =
        vertx.setPeriodic(
            PURGE_INTERVAL.toMillis(),
            timer ->
                UmsSchema.purge(mongo, clock.instant())
                    .onFailure(failure -> LOG.warn("Expired documents not removed", failure)));
  }

  /**
   * Makes indexes and the first signing key where they are missing; once per node, at its start.
   *
   * @param masters wrap the private halves of the signing keys
   */
  public static Future<Ums> start(
      Vertx vertx,
      UmsConfig config,
      MongoClient mongo,
      MasterKeys masters,
      MeterRegistry metrics,
      Clock clock) {
    BoundedWorkers signing =
        new BoundedWorkers(vertx, "tokens", SIGNING_THREADS, SIGNING_QUEUE, metrics);
    return UmsSchema.createIndexes(mongo)
        .compose(done -> SigningKeys.load(vertx, signing, mongo, masters, clock))
        .map(keys -> new Ums(vertx, config, mongo, metrics, clock, signing, keys))
        .recover(failure -> signing.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** What {@link #start} does first, for which it needs no keys. */
  public static Future<Void> prepare(MongoClient mongo) {
    return UmsSchema.createIndexes(mongo);
  }

  /** After the verticles have stopped. */
  public Future<Void> close() {
    vertx.cancelTimer(purgeTimer);
    return hashing.close().compose(closed -> signing.close());
  }
}
