package chat.jovial.fss.chunk;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.fss.chunk.ChunkStore.Sealed;
import chat.jovial.keys.ContentCipher;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.KeyScope;
import chat.jovial.memory.ReusedArrays;
import io.vertx.core.Future;
import java.nio.ByteBuffer;

/**
 * Encryption of chunks between clients and the store: on the event loop that asks to write, and on
 * the driver's thread that has read. Half a MiB takes a fifth of a millisecond.
 */
public final class FileBytes {
  /** 32 MiB: what sixteen readers may have before them. */
  private static final int MAX_PLAIN = 64;

  private final ChunkStore chunks;
  private final DataKeys keys;
  private final ReusedArrays plainArrays = new ReusedArrays(Chunks.SIZE, MAX_PLAIN);

  public FileBytes(ChunkStore chunks, DataKeys keys) {
    this.chunks = chunks;
    this.keys = keys;
  }

  public Future<Nothing> write(WriteChunk request) {
    FilePlace place = request.place();
    return keys.toWrite(scope(place), sender(place), content(request.fileId()))
        .compose(cipher -> write(cipher, request));
  }

  private Future<Nothing> write(ContentCipher cipher, WriteChunk request) {
    byte[] plain = request.bytes().array();
    int length = plain.length + ContentCipher.TAG_BYTES;
    byte[] sealed = plain.length == Chunks.SIZE ? chunks.values().acquire() : new byte[length];
    // No writer stores two different chunks of one number, so epoch and number make a nonce.
    cipher.encrypt(request.epoch(), request.chunk(), plain, sealed);
    return chunks
        .write(
            request.fileId(),
            request.chunk(),
            plain.length,
            new Sealed(ByteBuffer.wrap(sealed, 0, length), request.epoch()))
        // Not after a failure: the driver may be sending it still.
        .onSuccess(stored -> chunks.values().release(sealed));
  }

  /** Fails with {@code gone} if it is not there any more, or a key of it was destroyed. */
  public Future<Bytes> read(ReadChunk request) {
    FilePlace place = request.place();
    return keys.toRead(scope(place), sender(place), content(request.fileId()))
        .compose(
            cipher ->
                chunks.read(
                    request.fileId(),
                    request.chunk(),
                    stored -> decrypt(cipher, request.chunk(), stored)))
        .map(
            found ->
                found.orElseThrow(
                    () -> JovialException.gone("this file was deleted while it was read")));
  }

  private Bytes decrypt(ContentCipher cipher, int chunk, Sealed sealed) {
    int length = Math.max(0, sealed.bytes().remaining() - ContentCipher.TAG_BYTES);
    byte[] plain = length == Chunks.SIZE ? plainArrays.acquire() : new byte[length];
    cipher.decrypt(sealed.epoch(), chunk, sealed.bytes(), plain);
    return Bytes.lent(plain, plainArrays::release);
  }

  /** For other content of a file, which must have another name than its chunks. */
  public Future<ContentCipher> cipher(FilePlace place, String content) {
    return keys.toRead(scope(place), sender(place), content);
  }

  private static KeyScope scope(FilePlace place) {
    return KeyScope.place(place.appId(), place.conversationId());
  }

  private static KeyScope sender(FilePlace place) {
    return KeyScope.user(place.senderId());
  }

  private static String content(String fileId) {
    return "file " + fileId;
  }
}
