package chat.jovial.ums.token;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.ums.PublicKeys;
import chat.jovial.keys.MasterKeys;
import chat.jovial.ums.password.BoundedWorkers;
import com.mongodb.MongoException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import io.vertx.ext.mongo.MongoClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys that sign tokens, stored in MongoDB: {@code _id} is the generation, so of several nodes that
 * find none at their first start, one inserts generation 1 and the others use it. The newest
 * generation signs, all verify. Half a millisecond for each is too long for the event loops that
 * carry messages, so separate threads do it. Any thread.
 */
public final class SigningKeys {
  /** Longest time for which a token of a brand-new key may be refused; shields the store. */
  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final BoundedWorkers workers;
  private final SigningKeyStore store;
  private final Clock clock;
  private volatile Loaded loaded;

  private record Loaded(
      JWTAuth signer, JWTAuth verifier, Set<String> kids, PublicKeys publicKeys, Instant at) {}

  private SigningKeys(
      Vertx vertx,
      BoundedWorkers workers,
      SigningKeyStore store,
      Clock clock,
      List<SigningKey> keys) {
    this.vertx = vertx;
    this.workers = workers;
    this.store = store;
    this.clock = clock;
    this.loaded = prepare(keys);
  }

  /** Loads the keys; makes the first one if there is none. */
  public static Future<SigningKeys> load(
      Vertx vertx, BoundedWorkers workers, MongoClient mongo, MasterKeys masters, Clock clock) {
    SigningKeyStore store = new SigningKeyStore(mongo, masters);
    return store.load().map(keys -> new SigningKeys(vertx, workers, store, clock, keys));
  }

  /** Signs claims with the newest key. */
  public Future<String> sign(JsonObject claims) {
    JWTAuth signer = loaded.signer;
    return workers.run(
        () ->
            signer.generateToken(
                claims, new JWTOptions().setAlgorithm(SigningKey.ALGORITHM).setNoTimestamp(true)));
  }

  /** The claims of a token that one of the keys signed; whether they hold is for the caller. */
  public Future<JsonObject> verify(String token) {
    JsonObject header = headerOf(token);
    // Told by us, not by the token: the algorithm is ES256 and the key is one of ours.
    if (!SigningKey.ALGORITHM.equals(header.getValue("alg"))
        || header.containsKey("crit")
        || !(header.getValue("kid") instanceof String kid)) {
      return Future.failedFuture(badToken());
    }
    return withKey(kid)
        .compose(keys -> workers.run(() -> keys.verifier.authenticate(new TokenCredentials(token))))
        .compose(authenticated -> authenticated)
        .map(user -> user.attributes().getJsonObject("accessToken"))
        .recover(
            failure ->
                failure instanceof JovialException || failure instanceof MongoException
                    ? Future.failedFuture(failure)
                    : Future.failedFuture(badToken()));
  }

  /** The public halves, as they are in the store now. */
  public Future<PublicKeys> publicKeys() {
    return reload().map(keys -> keys.publicKeys);
  }

  static JovialException badToken() {
    return JovialException.unauthenticated("this token is not valid");
  }

  private Future<Loaded> withKey(String kid) {
    Loaded now = loaded;
    if (now.kids.contains(kid)) {
      return Future.succeededFuture(now);
    }
    if (clock.instant().isBefore(now.at.plus(RELOAD_INTERVAL))) {
      return Future.failedFuture(badToken());
    }
    return reload()
        .compose(
            keys ->
                keys.kids.contains(kid)
                    ? Future.succeededFuture(keys)
                    : Future.failedFuture(badToken()));
  }

  private Future<Loaded> reload() {
    return store
        .read()
        .map(
            keys -> {
              Loaded fresh = prepare(keys);
              loaded = fresh;
              return fresh;
            });
  }

  private Loaded prepare(List<SigningKey> keys) {
    SigningKey newest = keys.get(keys.size() - 1);
    List<Map<String, Object>> publicHalves = keys.stream().map(SigningKey::publicHalf).toList();
    JWTAuthOptions signing = new JWTAuthOptions().addJwk(newest.jwk().copy());
    // Expiry is checked against the injected clock, by Tokens.
    JWTAuthOptions verifying =
        new JWTAuthOptions().setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
    publicHalves.forEach(key -> verifying.addJwk(new JsonObject(key)));
    return new Loaded(
        JWTAuth.create(vertx, signing),
        JWTAuth.create(vertx, verifying),
        keys.stream().map(SigningKey::kid).collect(Collectors.toUnmodifiableSet()),
        new PublicKeys(publicHalves),
        clock.instant());
  }

  private static JsonObject headerOf(String token) {
    int dot = token.indexOf('.');
    if (dot <= 0) {
      return new JsonObject();
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(token.substring(0, dot));
      return new JsonObject(new String(json, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      return new JsonObject();
    }
  }
}
