package chat.jovial.access;

import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.ums.PublicKeys;
import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cache of UMS's public keys on this node, and verifier of the tokens that they sign: with ES256
 * and nothing else, by a key that UMS names, for one audience. The caller checks whether a token
 * has expired. Any thread.
 */
public final class KeyRing {
  private static final String ALGORITHM = "ES256";
  private static final String ISSUER = "jovial";

  /** For an unknown key id the keys are loaded again, but not more often than this. */
  private static final Duration RELOAD_INTERVAL = Duration.ofSeconds(2);

  /** The keys of one moment. */
  private record Keys(JWTAuth auth, Set<String> ids) {}

  private final Vertx vertx;
  private final ServiceClient services;
  private final Clock clock;

  private volatile @Nullable Keys keys;
  private volatile @Nullable PublicKeys published;
  private @Nullable Future<Keys> loading;
  private long loadedAtMillis;

  public KeyRing(Vertx vertx, ServiceClient services, Clock clock) {
    this.vertx = vertx;
    this.services = services;
    this.clock = clock;
  }

  /**
   * The claims of a token, or nothing if it is no token for this audience. Fails with {@code
   * try_again} if the keys cannot be loaded.
   */
  public Future<Optional<JsonObject>> verify(String token, String audience) {
    String keyId = keyIdOf(token);
    return keyId == null
        ? Future.succeededFuture(Optional.empty())
        : keysWith(keyId)
            .compose(current -> claims(current, keyId, token))
            .map(claims -> claims.filter(known -> isFor(audience, known)));
  }

  /** The keys as UMS publishes them, asked for again at most every few seconds. */
  public Future<PublicKeys> publicKeys() {
    return load().map(loaded -> Objects.requireNonNull(published));
  }

  private static Future<Optional<JsonObject>> claims(Keys current, String keyId, String token) {
    if (!current.ids().contains(keyId)) {
      return Future.succeededFuture(Optional.empty());
    }
    return current
        .auth()
        .authenticate(new TokenCredentials(token))
        .map(user -> Optional.ofNullable(user.attributes().getJsonObject("accessToken")))
        .otherwise(Optional.empty());
  }

  private static boolean isFor(String audience, JsonObject claims) {
    return ISSUER.equals(claims.getValue("iss")) && audience.equals(claims.getValue("aud"));
  }

  /** The algorithm is ours to choose, not the token's, and nothing else may be critical. */
  private static @Nullable String keyIdOf(String token) {
    int dot = token.indexOf('.');
    if (dot < 0) {
      return null;
    }
    try {
      JsonNode header =
          Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.substring(0, dot)));
      boolean ours = ALGORITHM.equals(header.path("alg").textValue()) && !header.has("crit");
      return ours ? header.path("kid").textValue() : null;
    } catch (IllegalArgumentException | IOException e) {
      return null;
    }
  }

  private Future<Keys> keysWith(String keyId) {
    Keys current = keys;
    return current != null && current.ids().contains(keyId)
        ? Future.succeededFuture(current)
        : load();
  }

  private synchronized Future<Keys> load() {
    Future<Keys> inProgress = loading;
    if (inProgress != null) {
      return inProgress;
    }
    Keys current = keys;
    if (current != null && clock.millis() - loadedAtMillis < RELOAD_INTERVAL.toMillis()) {
      return Future.succeededFuture(current);
    }
    Future<Keys> load =
        services
            .call(UmsOperations.PUBLIC_KEYS, Caller.SERVICE, Nothing.NOTHING)
            .map(this::accept)
            .recover(
                failure ->
                    Future.failedFuture(
                        JovialException.tryAgain(
                            "tokens cannot be verified at the moment", Duration.ofSeconds(1))));
    loading = load;
    return load.onComplete(done -> finishLoading());
  }

  private synchronized void finishLoading() {
    loading = null;
  }

  private synchronized Keys accept(PublicKeys loaded) {
    JWTAuthOptions options =
        new JWTAuthOptions()
            .setJWTOptions(new JWTOptions().setAlgorithm(ALGORITHM).setIgnoreExpiration(true));
    for (Map<String, Object> key : loaded.keys()) {
      options.addJwk(new JsonObject(key));
    }
    Keys fresh =
        new Keys(
            JWTAuth.create(vertx, options),
            loaded.keys().stream()
                .map(key -> String.valueOf(key.get("kid")))
                .collect(Collectors.toUnmodifiableSet()));
    keys = fresh;
    published = loaded;
    loadedAtMillis = clock.millis();
    return fresh;
  }
}
