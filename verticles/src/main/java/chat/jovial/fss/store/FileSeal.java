package chat.jovial.fss.store;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.keys.ContentCipher;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.KeyScope;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Encryption of what a file's row says of its content: its name and its SHA-256, which tells
 * whether it is a known file. Under the two keys of its content, so that it is erased with it. Any
 * thread.
 */
final class FileSeal {
  /** The nonce, which is random: a name may be written again with another one. */
  private static final int NONCE_BYTES = Long.BYTES;

  private final DataKeys keys;
  private final SecureRandom random = new SecureRandom();

  FileSeal(DataKeys keys) {
    this.keys = keys;
  }

  /** What is sealed of a file. */
  enum Part {
    NAME,
    SHA256
  }

  Future<ByteBuffer> seal(FilePlace place, String fileId, Part part, String text) {
    return keys.toWrite(scope(place), sender(place), content(fileId))
        .map(
            cipher -> {
              long nonce = random.nextLong();
              byte[] sealed =
                  cipher.encrypt(nonce, part.ordinal(), text.getBytes(StandardCharsets.UTF_8));
              return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                  .putLong(nonce)
                  .put(sealed)
                  .flip();
            });
  }

  /** Empty if a key was destroyed: who removes the file must still find its row. */
  Future<Optional<ContentCipher>> opener(FilePlace place, String fileId) {
    return keys.toRead(scope(place), sender(place), content(fileId))
        .map(Optional::of)
        .recover(
            failure ->
                JovialException.of(failure).code() == ErrorCode.GONE
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  static String open(ContentCipher cipher, Part part, ByteBuffer stored) {
    ByteBuffer data = stored.duplicate();
    long nonce = data.getLong();
    byte[] sealed = new byte[data.remaining()];
    data.get(sealed);
    return new String(cipher.decrypt(nonce, part.ordinal(), sealed), StandardCharsets.UTF_8);
  }

  private static KeyScope scope(FilePlace place) {
    return KeyScope.place(place.appId(), place.conversationId());
  }

  private static KeyScope sender(FilePlace place) {
    return KeyScope.user(place.senderId());
  }

  /** Not the name of its chunks: those use it with nonces that count. */
  private static String content(String fileId) {
    return "facts " + fileId;
  }
}
