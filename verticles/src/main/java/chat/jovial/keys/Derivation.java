package chat.jovial.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Derivation (HKDF, RFC 5869) of the key of a piece of content from those of its place and its
 * sender.
 */
final class Derivation {
  private static final int KEY_BYTES = MasterKey.BYTES;

  private Derivation() {}

  /**
   * @param use what for, so that keys for different things are unrelated
   */
  static SecretKey derive(DataKey place, DataKey sender, String use, String content) {
    byte[] both = ByteBuffer.allocate(2 * KEY_BYTES).put(place.bytes()).put(sender.bytes()).array();
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(
        new HKDFParameters(
            both, use.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8)));
    byte[] derived = new byte[KEY_BYTES];
    generator.generateBytes(derived, 0, derived.length);
    return new SecretKeySpec(derived, "AES");
  }
}
