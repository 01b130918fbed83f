package chat.jovial.edge.operations;

import chat.jovial.access.KeyRing;
import chat.jovial.contract.JovialException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Verifies user_tokens on this node: that UMS signed them as such, expiry, and that the device
 * session was not ended. Any thread.
 */
public final class TokenVerifier {
  private static final String AUDIENCE = "user";
  private static final int MAX_TOKEN_CHARACTERS = 4096;

  /** Verified tokens remembered, so that HTTP callers do not cost a signature each; about 10 MB. */
  private static final long MAX_REMEMBERED = 10_000;

  private final KeyRing keys;
  private final RevokedSessions revoked;
  private final Clock clock;
  private final Cache<String, Identity> remembered =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  public TokenVerifier(KeyRing keys, RevokedSessions revoked, Clock clock) {
    this.keys = keys;
    this.revoked = revoked;
    this.clock = clock;
  }

  /** The identity in a token; fails with {@code unauthenticated} if it is worth nothing. */
  Future<Identity> verify(String token) {
    Identity known = remembered.getIfPresent(token);
    if (known != null) {
      return checkValid(known);
    }
    if (token.length() > MAX_TOKEN_CHARACTERS) {
      return Future.failedFuture(invalidToken());
    }
    return keys.verify(token, AUDIENCE)
        .compose(
            claims -> {
              Identity identity = claims.isEmpty() ? null : identityOf(claims.get());
              return identity == null
                  ? Future.failedFuture(invalidToken())
                  : Future.succeededFuture(identity);
            })
        .compose(this::checkValid)
        .onSuccess(identity -> remembered.put(token, identity));
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

  private static @Nullable Identity identityOf(JsonObject claims) {
    if (claims.getValue("app_id") instanceof String appId
        && claims.getValue("sub") instanceof String userId
        && claims.getValue("device_id") instanceof String deviceId
        && claims.getValue("sid") instanceof String sessionId
        && claims.getValue("exp") instanceof Number expiry) {
      return new Identity(appId, userId, deviceId, sessionId, expiry.longValue() * 1000);
    }
    return null;
  }

  private static JovialException invalidToken() {
    return JovialException.unauthenticated("the user_token is not valid");
  }
}
