package chat.jovial.ums.token;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.contract.fss.FileToken;
import chat.jovial.contract.fss.SignFileToken;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Issuer and verifier of signed web tokens: {@code app_key} (audience {@code app}), {@code
 * user_token} (audience {@code user}) and {@code file_token} (audience {@code file}). None can be
 * taken for another.
 */
public final class Tokens {
  private static final String ISSUER = "jovial";
  private static final String APP = "app";
  private static final String USER = "user";
  private static final String FILE = "file";

  /** What an app_key says. */
  public record AppClaims(String appId, int secretVersion) {}

  /** What a user_token says. */
  public record UserClaims(
      String appId, String userId, String deviceId, String sessionId, Instant expiresAt) {}

  /** A user_token, and when it ends. */
  public record Signed(String token, Instant expiresAt) {}

  private final SigningKeys keys;
  private final Duration lifetime;
  private final Clock clock;

  public Tokens(SigningKeys keys, Duration lifetime, Clock clock) {
    this.keys = keys;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  public Future<String> signAppKey(String appId, int secretVersion) {
    return keys.sign(
        new JsonObject()
            .put("iss", ISSUER)
            .put("aud", APP)
            .put("sub", appId)
            .put("ver", secretVersion)
            .put("iat", clock.instant().getEpochSecond()));
  }

  public Future<Signed> signUserToken(
      String appId, String userId, String deviceId, String sessionId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(lifetime);
    return keys.sign(
            new JsonObject()
                .put("iss", ISSUER)
                .put("aud", USER)
                .put("sub", userId)
                .put("app_id", appId)
                .put("device_id", deviceId)
                .put("sid", sessionId)
                .put("iat", now.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond()))
        .map(token -> new Signed(token, expiresAt));
  }

  public Future<FileToken> signFileToken(SignFileToken request) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plusSeconds(request.expiresIn());
    return keys.sign(
            new JsonObject()
                .put("iss", ISSUER)
                .put("aud", FILE)
                .put("sub", request.userId())
                .put("app_id", request.appId())
                .put("file_id", request.fileId())
                .put("access", new JsonArray(request.access()))
                .put("mime_type", request.mimeType())
                .put("grant", new JsonObject(Buffer.buffer(Json.write(request.grant()))))
                .put("iat", now.getEpochSecond())
                .put("exp", expiresAt.getEpochSecond()))
        .map(token -> new FileToken(token, expiresAt));
  }

  public Future<AppClaims> verifyAppKey(String token) {
    return keys.verify(token)
        .map(
            claims -> {
              checkFor(APP, claims);
              return new AppClaims(text(claims, "sub"), (int) number(claims, "ver"));
            });
  }

  public Future<UserClaims> verifyUserToken(String token) {
    return keys.verify(token)
        .map(
            claims -> {
              checkFor(USER, claims);
              Instant expiresAt = Instant.ofEpochSecond(number(claims, "exp"));
              if (!clock.instant().isBefore(expiresAt)) {
                throw JovialException.unauthenticated("this token has expired");
              }
              return new UserClaims(
                  text(claims, "app_id"),
                  text(claims, "sub"),
                  text(claims, "device_id"),
                  text(claims, "sid"),
                  expiresAt);
            });
  }

  /** Whether it failed because of the token, rather than because the store did not answer. */
  public static boolean isRefusal(Throwable failure) {
    return failure instanceof JovialException known && known.code() == ErrorCode.UNAUTHENTICATED;
  }

  private static void checkFor(String audience, JsonObject claims) {
    if (!ISSUER.equals(claims.getValue("iss")) || !audience.equals(claims.getValue("aud"))) {
      throw SigningKeys.badToken();
    }
  }

  private static String text(JsonObject claims, String name) {
    if (claims.getValue(name) instanceof String value) {
      return value;
    }
    throw SigningKeys.badToken();
  }

  private static long number(JsonObject claims, String name) {
    @Nullable Object value = claims.getValue(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw SigningKeys.badToken();
  }
}
