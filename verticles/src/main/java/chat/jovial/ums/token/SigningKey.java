package chat.jovial.ums.token;

import chat.jovial.hashing.Hashes;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/**
 * Key pair on the curve P-256 for ES256 (RFC 7518), as a JSON Web Key.
 *
 * @param generation 1 for the first key; the highest one signs
 */
public record SigningKey(int generation, String kid, JsonObject jwk) {
  public static final String ALGORITHM = "ES256";
  private static final int COORDINATE_BYTES = 32;

  /** The private number of a JSON Web Key (RFC 7518, 6.2.2). */
  private static final String PRIVATE = "d";

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
              .put(PRIVATE, coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
      return new SigningKey(generation, kid, jwk);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make keys on the curve P-256", e);
    }
  }

  /** With the private number in the key. */
  static SigningKey of(int generation, JsonObject jwk) {
    return new SigningKey(generation, jwk.getString("kid"), jwk);
  }

  /** With the private number beside the key. */
  static SigningKey of(int generation, JsonObject publicHalf, byte[] privateNumber) {
    return of(generation, publicHalf.copy().put(PRIVATE, Hashes.base64(privateNumber)));
  }

  /** 32 bytes: never stored or sent as they are. */
  byte[] privateNumber() {
    return Base64.getUrlDecoder().decode(jwk.getString(PRIVATE));
  }

  /** All but the private number. */
  public Map<String, Object> publicHalf() {
    JsonObject copy = jwk.copy();
    copy.remove(PRIVATE);
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
