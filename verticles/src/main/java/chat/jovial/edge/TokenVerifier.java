package chat.jovial.edge;

import chat.jovial.contract.Caller;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.ums.PublicKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies user_tokens on this node, with the public halves of UMS's keys: signature (ES256 and
 * nothing else), issuer, audience, expiry, and that the device session was not ended. Any thread.
 */
final class TokenVerifier {
  private static final String ALGORITHM = "ES256";
  private static final String ISSUER = "jovial";
  private static final String AUDIENCE = "user";
  private static final int MAX_TOKEN_CHARACTERS = 4096;

  /** Verified tokens remembered, so that HTTP callers do not cost a signature each; about 10 MB. */
  private static final long MAX_REMEMBERED = 10_000;

  /** A key id that is not known is asked for, but not more often than this. */
  private static final Duration KEY_RELOAD_INTERVAL = Duration.ofSeconds(2);

  /** The keys of one moment. */
  private record Keys(JWTAuth auth, Set<String> ids) {}

  private final Vertx vertx;
  private final ServiceClient services;
  private final RevokedSessions revoked;
  private final Clock clock;
  private final Cache<String, Identity> remembered =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  private volatile @Nullable Keys keys;
  private volatile @Nullable PublicKeys published;
  private @Nullable Future<Keys> loading;
  private long loadedAtMillis;

  TokenVerifier(Vertx vertx, ServiceClient services, RevokedSessions revoked, Clock clock) {
    this.vertx = vertx;
    this.services = services;
    this.revoked = revoked;
    this.clock = clock;
  }

  /** The identity in a token; fails with {@code unauthenticated} if it is worth nothing. */
  Future<Identity> verify(String token) {
    Identity known = remembered.getIfPresent(token);
    if (known != null) {
      return checkValid(known);
    }
    String keyId;
    try {
      keyId = keyIdOf(token);
    } catch (JovialException e) {
      return Future.failedFuture(e);
    }
    return keysWith(keyId)
        .compose(current -> verifySignature(current, keyId, token))
        .compose(this::checkValid)
        .onSuccess(identity -> remembered.put(token, identity));
  }

  /** The keys as UMS publishes them, asked for again at most every few seconds. */
  Future<PublicKeys> publicKeys() {
    return load().map(loaded -> Objects.requireNonNull(published));
  }

  private Future<Identity> checkValid(Identity identity) {
    if (identity.expiresAtMillis() <= clock.millis()) {
      return Future.failedFuture(
          JovialException.unauthenticated("the user_token has expired; refresh it"));
    }
    if (revoked.contains(identity.sessionId())) {
      return Future.failedFuture(
          JovialException.unauthenticated("the session has ended; log in again"));
    }
    return Future.succeededFuture(identity);
  }

  private Future<Identity> verifySignature(Keys current, String keyId, String token) {
    if (!current.ids().contains(keyId)) {
      return Future.failedFuture(invalidToken());
    }
    return current
        .auth()
        .authenticate(new TokenCredentials(token))
        .transform(
            result -> {
              Identity identity = result.succeeded() ? identityOf(result.result()) : null;
              return identity == null
                  ? Future.failedFuture(invalidToken())
                  : Future.succeededFuture(identity);
            });
  }

  private static @Nullable Identity identityOf(User user) {
    JsonObject claims = user.attributes().getJsonObject("accessToken");
    if (claims.getValue("app_id") instanceof String appId
        && claims.getValue("sub") instanceof String userId
        && claims.getValue("device_id") instanceof String deviceId
        && claims.getValue("sid") instanceof String sessionId
        && claims.getValue("exp") instanceof Number expiry) {
      return new Identity(appId, userId, deviceId, sessionId, expiry.longValue() * 1000);
    }
    return null;
  }

  private static String keyIdOf(String token) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > MAX_TOKEN_CHARACTERS) {
      throw invalidToken();
    }
    try {
      JsonNode header =
          Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.substring(0, dot)));
      JsonNode keyId = header.path("kid");
      if (!ALGORITHM.equals(header.path("alg").textValue()) || !keyId.isTextual()) {
        throw invalidToken();
      }
      return keyId.textValue();
    } catch (IllegalArgumentException | IOException e) {
      throw invalidToken();
    }
  }

  private static JovialException invalidToken() {
    return JovialException.unauthenticated("the user_token is not valid");
  }

  private Future<Keys> keysWith(String keyId) {
    Keys current = keys;
    return current != null && current.ids().contains(keyId)
        ? Future.succeededFuture(current)
        : load();
  }

  private synchronized Future<Keys> load() {
    Future<Keys> underWay = loading;
    if (underWay != null) {
      return underWay;
    }
    Keys current = keys;
    if (current != null && clock.millis() - loadedAtMillis < KEY_RELOAD_INTERVAL.toMillis()) {
      return Future.succeededFuture(current);
    }
    Future<Keys> load =
        services
            .call(Catalogue.PUBLIC_KEYS, Caller.SERVICE, Nothing.NOTHING)
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
            .setJWTOptions(
                new JWTOptions().setAlgorithm(ALGORITHM).setIssuer(ISSUER).addAudience(AUDIENCE));
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
