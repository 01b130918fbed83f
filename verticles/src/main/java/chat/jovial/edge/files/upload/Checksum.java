package chat.jovial.edge.files.upload;

import chat.jovial.contract.JovialException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says that its body hashes to: the checksum extension of tus 1.0.
 *
 * @param digest to be fed with the body
 */
record Checksum(MessageDigest digest, byte[] expected) {
  /** SHA-1 is the one that every tus server must know. */
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256");

  static final String NAMES = "sha1,sha256";

  /** The one in a header such as {@code sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=}; null without. */
  static @Nullable Checksum of(@Nullable String header) {
    if (header == null) {
      return null;
    }
    String[] parts = header.strip().split(" +", 2);
    String algorithm = ALGORITHMS.get(parts[0]);
    if (algorithm == null || parts.length < 2) {
      throw JovialException.invalid(
          "Upload-Checksum must be an algorithm (" + NAMES + ") and a hash in base 64");
    }
    try {
      return new Checksum(
          MessageDigest.getInstance(algorithm), Base64.getDecoder().decode(parts[1]));
    } catch (IllegalArgumentException e) {
      throw JovialException.invalid("the hash in Upload-Checksum is not base 64");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /** Once, when the digest has had all of the body. */
  boolean fits() {
    return Arrays.equals(digest.digest(), expected);
  }

  /** The body is not what its sender has sent. */
  static final class MismatchException extends Exception {
    static final String WHY = "the body does not have the hash in Upload-Checksum";
    private static final long serialVersionUID = 1;

    MismatchException() {
      super(WHY, null, false, false);
    }
  }
}
