package chat.jovial.ums.token;

import chat.jovial.hashing.Hashes;
import chat.jovial.ums.store.UmsSchema;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;

/**
 * Key pair on the curve P-256 for ES256 (RFC 7518), as a JSON Web Key.
 *
 * @param generation 1 for the first key; the highest one signs
 */
public record SigningKey(int generation, String kid, JsonObject jwk) {
  public static final String ALGORITHM = "ES256";
  private static final int COORDINATE_BYTES = 32;

  public static SigningKey generate(int generation) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
      String x = coordinate(publicKey.getW().getAffineX());
      String y = coordinate(publicKey.getW().getAffineY());
      String kid = thumbprint(x, y);
      JsonObject jwk =
          new JsonObject()
              .put("kty", "EC")
              .put("crv", "P-256")
              .put("alg", ALGORITHM)
              .put("use", "sig")
              .put("kid", kid)
              .put("x", x)
              .put("y", y)
              .put("d", coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
      return new SigningKey(generation, kid, jwk);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make keys on the curve P-256", e);
    }
  }

  public static SigningKey of(JsonObject document) {
    JsonObject jwk = document.getJsonObject("jwk");
    return new SigningKey(document.getInteger(UmsSchema.ID), jwk.getString("kid"), jwk);
  }

  public JsonObject toDocument() {
    return new JsonObject().put(UmsSchema.ID, generation).put("jwk", jwk);
  }

  /** All but the private number. */
  public Map<String, Object> publicHalf() {
    JsonObject copy = jwk.copy();
    copy.remove("d");
    return Map.copyOf(copy.getMap());
  }

  @Override
  public String toString() {
    return "SigningKey[" + kid + "]";
  }

  /** RFC 7638: the hash of the public key's required members, in this order. */
  private static String thumbprint(String x, String y) {
    String members = "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
    return Hashes.sha256Text(members.getBytes(StandardCharsets.UTF_8));
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return Hashes.base64(fixed);
  }
}
