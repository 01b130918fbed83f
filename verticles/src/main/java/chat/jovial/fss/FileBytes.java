package chat.jovial.fss;

import chat.jovial.contract.JovialException;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.FilePlace;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.fss.ChunkStore.Sealed;
import chat.jovial.keys.ContentCipher;
import chat.jovial.keys.DataKeys;
import chat.jovial.keys.KeyScope;
import io.vertx.core.Future;

/**
 * Chunks as they are uploaded and read, and encrypted in between. On whatever event loop asks: half
 * a MiB takes a fifth of a millisecond.
 */
final class FileBytes {
  private final ChunkStore chunks;
  private final DataKeys keys;

  FileBytes(ChunkStore chunks, DataKeys keys) {
    this.chunks = chunks;
    this.keys = keys;
  }

  Future<Nothing> write(WriteChunk request) {
    FilePlace place = request.place();
    return keys.toWrite(scope(place), sender(place), content(request.fileId()))
        .compose(
            cipher ->
                chunks.write(
                    request.fileId(), request.chunk(), size(request), seal(cipher, request)));
  }

  private static int size(WriteChunk request) {
    return request.bytes().length();
  }

  // No writer stores two different chunks of one number, so epoch and number make a nonce.
  private static Sealed seal(ContentCipher cipher, WriteChunk request) {
    return new Sealed(
        cipher.encrypt(request.epoch(), request.chunk(), request.bytes().array()), request.epoch());
  }

  /** Fails with {@code gone} if it is not there any more, or a key of it was destroyed. */
  Future<byte[]> read(ReadChunk request) {
    FilePlace place = request.place();
    Future<ContentCipher> cipher =
        keys.toRead(scope(place), sender(place), content(request.fileId()));
    return cipher
        .compose(ready -> chunks.read(request.fileId(), request.chunk()))
        .map(
            found -> {
              Sealed sealed =
                  found.orElseThrow(
                      () -> JovialException.gone("this file was deleted while it was read"));
              return cipher.result().decrypt(sealed.epoch(), request.chunk(), sealed.bytes());
            });
  }

  /** For other content of a file, which must have another name than its chunks. */
  Future<ContentCipher> cipher(FilePlace place, String content) {
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
