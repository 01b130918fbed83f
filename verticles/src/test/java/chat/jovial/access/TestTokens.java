package chat.jovial.access;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** Signer of tokens as UMS makes them, with its own key. */
public final class TestTokens {
  private static final int COORDINATE_BYTES = 32;

  private final String keyId;
  private final Map<String, Object> publicKey;
  private final JWTAuth signer;

  public TestTokens(Vertx vertx, String keyId) {
    this.keyId = keyId;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey point = (ECPublicKey) pair.getPublic();
      JsonObject jwk =
          new JsonObject()
              .put("kty", "EC")
              .put("crv", "P-256")
              .put("alg", "ES256")
              .put("use", "sig")
              .put("kid", keyId)
              .put("x", coordinate(point.getW().getAffineX()))
              .put("y", coordinate(point.getW().getAffineY()));
      this.publicKey = Map.copyOf(jwk.getMap());
      this.signer =
          JWTAuth.create(
              vertx,
              new JWTAuthOptions()
                  .addJwk(
                      jwk.copy().put("d", coordinate(((ECPrivateKey) pair.getPrivate()).getS()))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public Map<String, Object> publicKey() {
    return publicKey;
  }

  public String keyId() {
    return keyId;
  }

  /** A token that an edge takes; the device session is {@code session-} and the device. */
  public String userToken(String userId, String deviceId) {
    return sign(claims(userId, deviceId));
  }

  public JsonObject claims(String userId, String deviceId) {
    long now = Instant.now().getEpochSecond();
    return new JsonObject()
        .put("iss", "jovial")
        .put("aud", "user")
        .put("sub", userId)
        .put("app_id", "app")
        .put("device_id", deviceId)
        .put("sid", "session-" + deviceId)
        .put("iat", now)
        .put("exp", now + 900);
  }

  public String sign(JsonObject claims) {
    return signer.generateToken(
        claims, new JWTOptions().setAlgorithm("ES256").setHeader(new JsonObject()));
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(
        Arrays.copyOfRange(bytes, bytes.length - length, bytes.length),
        0,
        fixed,
        COORDINATE_BYTES - length,
        length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
