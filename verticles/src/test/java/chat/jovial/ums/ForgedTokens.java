package chat.jovial.ums;

import chat.jovial.hashing.Hashes;
import chat.jovial.ums.token.SigningKey;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** What attackers make of a genuine token. */
final class ForgedTokens {
  private ForgedTokens() {}

  static JsonObject claimsOf(String token) {
    return json(token.split("\\.")[1]);
  }

  static List<String> of(String genuine, Map<String, Object> publicKey) {
    String[] parts = genuine.split("\\.");
    JsonObject header = json(parts[0]);
    String otherClaims = text(json(parts[1]).put("sub", "somebody"));
    String zeros = Hashes.base64(new byte[64]);
    List<String> forged = new ArrayList<>();
    forged.add("x");
    forged.add("a.b.c");
    forged.add("...");
    forged.add(parts[0] + "." + parts[1]);
    forged.add(parts[0] + "." + parts[1] + ".");
    forged.add(parts[0] + "." + otherClaims + "." + parts[2]);
    forged.add(parts[0] + "." + parts[1] + "." + zeros);
    forged.add(genuine + ".x");
    forged.add(flipped(genuine));
    for (String none : List.of("none", "None", "NONE", "")) {
      String unsigned = text(header.copy().put("alg", none));
      forged.add(unsigned + "." + otherClaims + ".");
      forged.add(unsigned + "." + otherClaims);
      forged.add(unsigned + "." + otherClaims + "." + parts[2]);
    }
    // The public key as the secret of an HMAC, in the forms in which a library might hold it.
    String confused = text(header.copy().put("alg", "HS256")) + "." + otherClaims;
    for (byte[] secret : formsOf(publicKey)) {
      byte[] mac = Hashes.hmac(secret, confused.getBytes(StandardCharsets.US_ASCII));
      forged.add(confused + "." + Hashes.base64(mac));
    }
    // Signed in earnest, but with a key that the token brings along or points to.
    SigningKey own = SigningKey.generate(1);
    forged.add(signed(header.copy(), otherClaims, own));
    forged.add(signed(header.copy().put("kid", own.kid()), otherClaims, own));
    forged.add(
        signed(header.copy().put("jwk", new JsonObject(own.publicHalf())), otherClaims, own));
    JsonObject withoutKid = header.copy();
    withoutKid.remove("kid");
    forged.add(signed(withoutKid, otherClaims, own));
    return forged;
  }

  private static String signed(JsonObject header, String claims, SigningKey key) {
    String input = text(header) + "." + claims;
    byte[] signature =
        new io.vertx.ext.auth.impl.jose.JWS(new io.vertx.ext.auth.impl.jose.JWK(key.jwk()))
            .sign(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Hashes.base64(signature);
  }

  private static List<byte[]> formsOf(Map<String, Object> jwk) {
    try {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
      byte[] der =
          KeyFactory.getInstance("EC")
              .generatePublic(
                  new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)))
              .getEncoded();
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
              + "\n-----END PUBLIC KEY-----\n";
      return List.of(
          der,
          pem.getBytes(StandardCharsets.US_ASCII),
          new JsonObject(jwk).encode().getBytes(StandardCharsets.US_ASCII),
          String.valueOf(jwk.get("x")).getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger number(Map<String, Object> jwk, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(jwk.get(name))));
  }

  /** One bit of the signature changed. */
  private static String flipped(String token) {
    int dot = token.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    signature[10] ^= 1;
    return token.substring(0, dot + 1) + Hashes.base64(signature);
  }

  private static JsonObject json(String part) {
    return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
  }

  private static String text(JsonObject json) {
    return Hashes.base64(json.encode().getBytes(StandardCharsets.UTF_8));
  }
}
