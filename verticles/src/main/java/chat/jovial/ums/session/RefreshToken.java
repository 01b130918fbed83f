package chat.jovial.ums.session;

import chat.jovial.hashing.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token: {@code user_id.session_id.secret}, where the secret is base64url of 16 bytes
 * that stay the same from one login to the next (the family) and 32 bytes that change at each use.
 * Only hashes of both are stored. The family distinguishes a token that was genuine once, whose
 * reuse ends the session, from one that somebody made up, who must not be able to end anyone's
 * session.
 */
record RefreshToken(String userId, String sessionId, byte[] family, byte[] secret) {
  private static final int FAMILY_BYTES = 16;
  private static final int SECRET_BYTES = 32;
  private static final int MAX_LENGTH = 300;

  static RefreshToken random(String userId, String sessionId, SecureRandom random) {
    byte[] family = new byte[FAMILY_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(family);
    random.nextBytes(secret);
    return new RefreshToken(userId, sessionId, family, secret);
  }

  /** The token in that text, or null if it has not the form of one. */
  static @Nullable RefreshToken parse(String text) {
    String[] parts = text.length() > MAX_LENGTH ? new String[0] : text.split("\\.", -1);
    if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(parts[2]);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.length != FAMILY_BYTES + SECRET_BYTES) {
      return null;
    }
    return new RefreshToken(
        parts[0],
        parts[1],
        Arrays.copyOf(bytes, FAMILY_BYTES),
        Arrays.copyOfRange(bytes, FAMILY_BYTES, bytes.length));
  }

  /**
   * The token that follows: the same whenever it is asked for, but only for who knows both this
   * token and the session's stored key. So a repeated request can be answered alike without storing
   * a token in the clear.
   */
  RefreshToken next(String rotationKey) {
    return new RefreshToken(
        userId,
        sessionId,
        family,
        Hashes.hmac(rotationKey.getBytes(StandardCharsets.UTF_8), secret));
  }

  String familyHash() {
    return Hashes.sha256Text(family);
  }

  String secretHash() {
    return Hashes.sha256Text(secret);
  }

  /** What the client gets. */
  String text() {
    byte[] bytes = Arrays.copyOf(family, FAMILY_BYTES + SECRET_BYTES);
    System.arraycopy(secret, 0, bytes, FAMILY_BYTES, SECRET_BYTES);
    return userId + "." + sessionId + "." + Hashes.base64(bytes);
  }

  @Override
  public String toString() {
    return "RefreshToken[" + sessionId + "]";
  }
}
