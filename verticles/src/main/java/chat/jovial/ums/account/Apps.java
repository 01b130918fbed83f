package chat.jovial.ums.account;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.AppVerified;
import chat.jovial.hashing.Hashes;
import chat.jovial.ums.password.Passwords;
import chat.jovial.ums.store.MongoTimes;
import chat.jovial.ums.store.UmsSchema;
import chat.jovial.ums.token.Tokens;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.ext.mongo.MongoClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Registry of apps, and verifier of their app_keys and app_secrets. */
public final class Apps {
  private static final int FIRST_VERSION = 1;

  /** How long another node may take to notice a change of an app. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final int MAX_REMEMBERED = 10_000;

  private final MongoClient mongo;
  private final Passwords passwords;
  private final AppSecrets secrets;
  private final Tokens tokens;
  private final Optional<String> operatorKey;
  private final Supplier<String> newId;
  private final Clock clock;
  private final Cache<String, App> remembered =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  public Apps(
      MongoClient mongo,
      Passwords passwords,
      AppSecrets secrets,
      Tokens tokens,
      Optional<String> operatorKey,
      Supplier<String> newId,
      Clock clock) {
    this.mongo = mongo;
    this.passwords = passwords;
    this.secrets = secrets;
    this.tokens = tokens;
    this.operatorKey = operatorKey;
    this.newId = newId;
    this.clock = clock;
  }

  public Future<AppRegistered> register(String name, @Nullable String shownOperatorKey) {
    if (operatorKey.isPresent()
        && (shownOperatorKey == null || !Hashes.isEqual(operatorKey.get(), shownOperatorKey))) {
      return Future.failedFuture(
          JovialException.unauthenticated(
              "registering an app here needs the right operator_key; ask whoever runs this"
                  + " server"));
    }
    String secret = secrets.newSecret();
    return passwords
        .hash(secret)
        .compose(
            hash -> {
              App app = new App(newId.get(), name, hash, AppSecrets.checkOf(secret), FIRST_VERSION);
              return mongo
                  .insert(
                      UmsSchema.APPS,
                      app.toDocument().put("created_at", MongoTimes.date(clock.instant())))
                  .compose(done -> tokens.signAppKey(app.appId(), app.secretVersion()))
                  .map(appKey -> new AppRegistered(app.appId(), secret, appKey));
            });
  }

  /** The app that an app_key was made for; fails if it is not, or no longer, good. */
  Future<App> requireKey(String appKey) {
    return tokens
        .verifyAppKey(appKey)
        .compose(
            shown ->
                find(shown.appId())
                    .compose(
                        app ->
                            app != null && app.secretVersion() == shown.secretVersion()
                                ? Future.succeededFuture(app)
                                : Future.failedFuture(badKey())));
  }

  /** The app with that id, if this is its secret. */
  public Future<App> requireSecret(String appId, String secret) {
    return find(appId)
        .compose(
            app ->
                app == null
                    ? Future.failedFuture(AppSecrets.wrong())
                    : secrets.check(app, secret).map(app));
  }

  public Future<AppVerified> verify(String appKey) {
    return requireKey(appKey)
        .map(app -> new AppVerified(true, app.appId(), app.name()))
        .recover(
            failure ->
                Tokens.isRefusal(failure)
                    ? Future.succeededFuture(new AppVerified(false, null, null))
                    : Future.failedFuture(failure));
  }

  private Future<@Nullable App> find(String appId) {
    App known = remembered.getIfPresent(appId);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return mongo
        .findOne(UmsSchema.APPS, UmsSchema.byId(appId), null)
        .map(
            document -> {
              if (document == null) {
                return null;
              }
              App app = App.of(document);
              remembered.put(appId, app);
              return app;
            });
  }

  private static JovialException badKey() {
    return JovialException.unauthenticated(
        "this app_key is not valid; ums.app.key gives a new one");
  }
}
