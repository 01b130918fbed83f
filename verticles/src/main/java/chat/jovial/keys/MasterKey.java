package chat.jovial.keys;

import chat.jovial.hashing.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Master key, which wraps data keys (AES key wrap, RFC 3394). Any thread. */
final class MasterKey {
  static final int BYTES = 32;

  /** Enough to tell a cluster's few master keys apart, and reveals nothing of them. */
  private static final int ID_BYTES = 8;

  private static final String ALGORITHM = "AESWrap";

  private final SecretKey key;
  private final String id;

  MasterKey(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a master key has " + BYTES + " bytes, and this one has " + bytes.length);
    }
    this.key = new SecretKeySpec(bytes, "AES");
    this.id = idOf(bytes);
  }

  /**
   * As it is written in a file or a setting: 32 bytes in Base64.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static MasterKey ofText(String text) {
    return new MasterKey(Base64.getDecoder().decode(text.strip()));
  }

  static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** By which a wrapped key says what it was wrapped with. */
  String id() {
    return id;
  }

  byte[] wrap(byte[] dataKey) {
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.WRAP_MODE, key);
      return cipher.wrap(new SecretKeySpec(dataKey, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a data key could not be wrapped", e);
    }
  }

  byte[] unwrap(byte[] wrapped) {
    try {
      Cipher cipher = Cipher.getInstance(ALGORITHM);
      cipher.init(Cipher.UNWRAP_MODE, key);
      return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a data key is not as the master key wrapped it", e);
    }
  }

  private static String idOf(byte[] bytes) {
    MessageDigest digest = Hashes.newSha256();
    digest.update("jovial master key".getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(bytes), ID_BYTES));
  }
}
