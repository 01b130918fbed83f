package chat.jovial.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Cipher for the bodies of one sender in one conversation: AES-256-GCM under a key derived from the
 * keys of both, or the knowledge that one of them is gone.
 *
 * <p>The nonce is the owner's epoch and the seq. Within one epoch a seq is written with one content
 * only (see {@code ConversationLog}), so no nonce ever serves two contents; what is repeated is the
 * same bytes. Recovery of a log has another epoch and seals again. The nonce is kept with the text,
 * so that a row needs no other to be opened; conversation, sender and seq are authenticated, so
 * that it passes in no other place. Any thread.
 */
public final class BodyKey {
  private static final String USE = "jovial message body";

  /** First byte of what is stored. */
  private static final byte VERSION = 1;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** What sealing adds to a body. */
  public static final int ADDED_BYTES = 1 + NONCE_BYTES + TAG_BITS / Byte.SIZE;

  /** Microseconds until the year 2112. */
  private static final int EPOCH_BITS = 52;

  private static final int SEQ_BITS = 44;

  private enum State {
    USABLE,
    DESTROYED,
    MISSING
  }

  private final State state;
  private final String place;
  private final @Nullable SecretKey key;

  private BodyKey(State state, String place, @Nullable SecretKey key) {
    this.state = state;
    this.place = place;
    this.key = key;
  }

  static BodyKey of(DataKey conversation, DataKey sender) {
    String place = conversation.scope().text() + '\n' + sender.scope().text() + '\n';
    return new BodyKey(State.USABLE, place, Derivation.derive(conversation, sender, USE, place));
  }

  static BodyKey destroyed(String place) {
    return new BodyKey(State.DESTROYED, place, null);
  }

  static BodyKey missing(String place) {
    return new BodyKey(State.MISSING, place, null);
  }

  /** Whether nothing of it can be read, permanently. */
  public boolean isDestroyed() {
    return state == State.DESTROYED;
  }

  /**
   * @param epoch the write timestamp of the row
   */
  public ByteBuffer seal(long epoch, long seq, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = new byte[plain.length + ADDED_BYTES];
    sealed[0] = VERSION;
    ByteBuffer.wrap(sealed, 1, NONCE_BYTES)
        .putLong(checkBits(epoch, EPOCH_BITS) << 12 | checkBits(seq, SEQ_BITS) >>> 32)
        .putInt((int) seq);
    try {
      cipher(Cipher.ENCRYPT_MODE, sealed, seq)
          .doFinal(plain, 0, plain.length, sealed, 1 + NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a body could not be sealed", e);
    }
    return ByteBuffer.wrap(sealed);
  }

  /** Fails if a byte of it, or of where it stands, is not what it was, or the key is lost. */
  public String open(long seq, ByteBuffer stored) {
    byte[] sealed = new byte[stored.remaining()];
    stored.duplicate().get(sealed);
    if (sealed.length < ADDED_BYTES || sealed[0] != VERSION) {
      throw unreadable(seq, "it was written in a form that this release does not know", null);
    }
    try {
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, sealed, seq)
              .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw unreadable(seq, "it is not as it was written", e);
    }
  }

  private Cipher cipher(int mode, byte[] sealed, long seq) throws GeneralSecurityException {
    if (key == null) {
      throw unreadable(seq, "its keys are not in the store; restore your backup of them", null);
    }
    Cipher cipher = AesGcm.cipher();
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE_BYTES));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, seq));
    return cipher;
  }

  private IllegalStateException unreadable(
      long seq, String why, @Nullable GeneralSecurityException cause) {
    return new IllegalStateException(
        "The body of entry %d, %s, cannot be read: %s"
            .formatted(seq, place.strip().replace('\n', ' '), why),
        cause);
  }

  private static long checkBits(long value, int bits) {
    if (value < 0 || value >>> bits != 0) {
      throw new IllegalArgumentException(value + " has no place in a nonce");
    }
    return value;
  }
}
