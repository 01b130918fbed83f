package chat.jovial.fss;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.jspecify.annotations.Nullable;

/** SHA-256 that can be put down and taken up again, by another process. */
final class RunningHash {
  private final SHA256Digest digest;

  /**
   * @param state of an earlier one, to go on behind it; null for a new one
   */
  RunningHash(byte @Nullable [] state) {
    digest = state == null ? new SHA256Digest() : new SHA256Digest(state);
  }

  void update(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
  }

  byte[] state() {
    return digest.getEncodedState();
  }

  /** Ends it; lower-case hexadecimal. */
  String finish() {
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return HexFormat.of().formatHex(hash);
  }
}
