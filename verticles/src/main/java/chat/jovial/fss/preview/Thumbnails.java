package chat.jovial.fss.preview;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.ReadThumbnail;
import chat.jovial.contract.fss.Thumbnail;
import chat.jovial.fss.FssConfig;
import chat.jovial.fss.chunk.FileBytes;
import chat.jovial.fss.store.FileRow;
import chat.jovial.fss.store.FileTable;
import chat.jovial.fss.store.FssTables;
import chat.jovial.fss.store.ThumbnailTable;
import chat.jovial.images.NoPreviewException;
import chat.jovial.images.Previews;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Previews of images: made when first requested, then stored beside the file, encrypted under the
 * same two keys. That none can be made is stored as well, as an empty one, so that a broken image
 * costs its work once. Any thread.
 */
public final class Thumbnails {
  /** The nonce, which is random: who makes one does not know of others that do. */
  private static final int NONCE_BYTES = Long.BYTES;

  /** Images of all users that wait for their turn. */
  private static final int MAX_WAITING = 100;

  private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
  private static final byte[] NONE = {};

  private final FileTable table;
  private final ThumbnailTable thumbnails;
  private final FileBytes bytes;
  private final WorkerExecutor workers;
  private final long maxBytes;
  private final Previews previews;
  private final PreviewQueue queue;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param workers threads on which images are decoded
   * @param maxRunning images that are decoded at once, each with all of its bytes in memory
   */
  public Thumbnails(
      FssTables tables,
      FileBytes bytes,
      WorkerExecutor workers,
      FssConfig config,
      int maxRunning,
      MeterRegistry metrics) {
    this.table = tables.files();
    this.thumbnails = tables.thumbnails();
    this.bytes = bytes;
    this.workers = workers;
    this.maxBytes = config.previewBytes();
    this.previews = new Previews(Thumbnail.MAX_SIDE, config.previewPixels(), TIME_LIMIT);
    this.queue = new PreviewQueue(maxRunning, MAX_WAITING, metrics);
  }

  /** Fails with {@code not_found} if there can be none. */
  public Future<Thumbnail> read(ReadThumbnail request) {
    return table
        .find(request.fileId())
        .compose(
            found -> {
              FileInfo info = found.map(FileRow::info).orElse(null);
              return info == null
                  ? Future.failedFuture(JovialException.notFound("there is no such file"))
                  : preview(found.get(), info);
            })
        .compose(
            picture ->
                picture.length == 0
                    ? Future.failedFuture(
                        JovialException.notFound("no preview can be made of this file"))
                    : Future.succeededFuture(new Thumbnail(typeOf(picture), Bytes.of(picture))));
  }

  private Future<byte[]> preview(FileRow row, FileInfo info) {
    if (!info.mimeType().startsWith("image/") || info.size() > maxBytes) {
      return Future.succeededFuture(NONE);
    }
    return kept(row)
        .compose(
            kept ->
                kept.isPresent()
                    ? Future.succeededFuture(kept.get())
                    : queue.run(row.place().senderId(), () -> keptOrMade(row, info)));
  }

  /** Somebody before it in the queue may have asked for the same. */
  private Future<byte[]> keptOrMade(FileRow row, FileInfo info) {
    return kept(row)
        .compose(
            kept ->
                kept.isPresent()
                    ? Future.succeededFuture(kept.get())
                    : made(row, info).compose(picture -> keep(row, picture)));
  }

  private Future<byte[]> made(FileRow row, FileInfo info) {
    return chunk(row, 0)
        .compose(
            first ->
                previews.isPossible(first)
                    ? rest(row, info, first).compose(this::decode)
                    : Future.succeededFuture(NONE));
  }

  private Future<byte[]> rest(FileRow row, FileInfo info, byte[] first) {
    int chunks = Chunks.of(info.size());
    if (chunks == 1) {
      return Future.succeededFuture(first);
    }
    List<Future<byte[]>> others =
        IntStream.range(1, chunks).mapToObj(chunk -> chunk(row, chunk)).toList();
    return Future.all(others)
        .map(
            all -> {
              Buffer image = Buffer.buffer(Math.toIntExact(info.size())).appendBytes(first);
              all.<byte[]>list().forEach(image::appendBytes);
              return image.getBytes();
            });
  }

  private Future<byte[]> decode(byte[] image) {
    return workers.executeBlocking(
        () -> {
          try {
            return previews.make(image).bytes();
          } catch (NoPreviewException e) {
            return NONE;
          }
        },
        false);
  }

  private Future<byte[]> chunk(FileRow row, int chunk) {
    return bytes.read(new ReadChunk(row.fileId(), row.place(), chunk)).map(Bytes::array);
  }

  private Future<Optional<byte[]>> kept(FileRow row) {
    return thumbnails
        .read(row.fileId())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : open(row, found.get()).map(Optional::of));
  }

  private Future<byte[]> keep(FileRow row, byte[] picture) {
    return bytes
        .cipher(row.place(), content(row))
        .compose(
            cipher -> {
              long nonce = random.nextLong();
              byte[] sealed = cipher.encrypt(nonce, 0, picture);
              byte[] data =
                  ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                      .putLong(nonce)
                      .put(sealed)
                      .array();
              return thumbnails.write(row.fileId(), data, row.epoch());
            })
        .map(picture);
  }

  private Future<byte[]> open(FileRow row, byte[] data) {
    long nonce = ByteBuffer.wrap(data).getLong();
    byte[] sealed = Arrays.copyOfRange(data, NONCE_BYTES, data.length);
    return bytes.cipher(row.place(), content(row)).map(cipher -> cipher.decrypt(nonce, 0, sealed));
  }

  /** Not the file's own name: its chunks use that with nonces that count. */
  private static String content(FileRow row) {
    return "thumbnail " + row.fileId();
  }

  private static String typeOf(byte[] picture) {
    return picture[0] == (byte) 0xff ? "image/jpeg" : "image/png";
  }
}
