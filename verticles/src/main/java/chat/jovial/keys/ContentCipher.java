package chat.jovial.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Cipher for the parts of one piece of content, each encrypted once: AES-256-GCM under a key
 * derived from its place's and its sender's. A part's nonce is the epoch of its writer and its
 * number, which no writer uses for two different things; both are authenticated, with the name of
 * the content, so that no part passes for another. Any thread.
 */
public final class ContentCipher {
  /** What encryption adds to a part. */
  public static final int TAG_BYTES = 16;

  private static final String USE = "jovial content";

  private final String content;
  private final SecretKey key;

  ContentCipher(DataKey place, DataKey sender, String content) {
    this.content = content;
    this.key = Derivation.derive(place, sender, USE, content);
  }

  public byte[] encrypt(long epoch, int part, byte[] plain) {
    byte[] encrypted = new byte[plain.length + TAG_BYTES];
    encrypt(epoch, part, plain, encrypted);
    return encrypted;
  }

  /**
   * The same into an array that is there.
   *
   * @param encrypted {@link #TAG_BYTES} longer than what is encrypted
   */
  public void encrypt(long epoch, int part, byte[] plain, byte[] encrypted) {
    try {
      cipher(Cipher.ENCRYPT_MODE, epoch, part).doFinal(plain, 0, plain.length, encrypted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("part " + part + " of " + content + " is not encrypted", e);
    }
  }

  /** Fails if a byte of it, or of where it stands, is not what it was. */
  public byte[] decrypt(long epoch, int part, byte[] encrypted) {
    byte[] plain = new byte[Math.max(0, encrypted.length - TAG_BYTES)];
    decrypt(epoch, part, ByteBuffer.wrap(encrypted), plain);
    return plain;
  }

  /**
   * The same into an array that is there.
   *
   * @param encrypted with an array behind it, so that nothing is copied
   * @param plain {@link #TAG_BYTES} shorter than what is left in the buffer
   */
  public void decrypt(long epoch, int part, ByteBuffer encrypted, byte[] plain) {
    try {
      cipher(Cipher.DECRYPT_MODE, epoch, part)
          .doFinal(
              encrypted.array(),
              encrypted.arrayOffset() + encrypted.position(),
              encrypted.remaining(),
              plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("part " + part + " of " + content + " is not as written", e);
    }
  }

  private Cipher cipher(int mode, long epoch, int part) throws GeneralSecurityException {
    byte[] nonce =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES).putLong(epoch).putInt(part).array();
    Cipher cipher = AesGcm.cipher();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(content.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
