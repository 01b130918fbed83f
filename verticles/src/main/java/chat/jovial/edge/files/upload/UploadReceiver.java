package chat.jovial.edge.files.upload;

import chat.jovial.contract.FssOperations;
import chat.jovial.contract.fss.AcquiredUpload;
import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.Upload;
import chat.jovial.edge.files.ChunkCalls;
import chat.jovial.edge.files.RetryingFileClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receiver of the bytes of uploads, which makes files of them. One for each event loop. */
public final class UploadReceiver {
  private final Vertx vertx;
  private final RetryingFileClient client;
  private final ChunkCalls calls;
  private final RunningHashes hashes;
  private final Duration stallTimeout;

  public UploadReceiver(
      Vertx vertx,
      RetryingFileClient client,
      ChunkCalls calls,
      RunningHashes hashes,
      Duration stallTimeout) {
    this.vertx = vertx;
    this.client = client;
    this.calls = calls;
    this.hashes = hashes;
    this.stallTimeout = stallTimeout;
  }

  /**
   * Stores the body of a request; gives the offset behind it. With a checksum all of it counts, or
   * nothing; without one, what came before the sender went away.
   *
   * @param request paused
   * @param maxBytes more than this is refused
   */
  Future<Long> receive(
      HttpServerRequest request,
      AcquiredUpload acquired,
      long maxBytes,
      @Nullable Checksum checksum) {
    Upload upload = acquired.upload();
    MessageDigest hash = hashes.take(upload.fileId(), acquired.formerEpoch(), upload.offset());
    List<MessageDigest> digests = new ArrayList<>();
    if (hash != null) {
      digests.add(hash);
    }
    if (checksum != null) {
      digests.add(checksum.digest());
    }
    ChunkWriter writer = new ChunkWriter(calls, upload, acquired.tail(), checksum != null, digests);
    UploadBody body = new UploadBody(vertx, request, maxBytes, writer);
    return body.read(stallTimeout)
        .compose(
            all -> writer.flush().compose(stored -> countAll(writer, checksum)),
            cut ->
                (checksum == null ? writer.flush() : Future.<Object>succeededFuture())
                    .onSuccess(stored -> keep(upload, body, checksum == null ? hash : null))
                    .transform(stored -> Future.failedFuture(cut)))
        .map(
            counted -> {
              keep(upload, body, hash);
              return upload.offset() + body.received();
            });
  }

  private static Future<?> countAll(ChunkWriter writer, @Nullable Checksum checksum) {
    return checksum == null || checksum.fits()
        ? writer.release()
        : Future.failedFuture(new Checksum.MismatchException());
  }

  private void keep(Upload upload, UploadBody body, @Nullable MessageDigest hash) {
    if (hash != null) {
      hashes.keep(upload.fileId(), upload.epoch(), upload.offset() + body.received(), hash);
    }
  }

  /** Makes a file of an upload of which this writer has stored the last byte. */
  Future<FileInfo> complete(Upload upload, long size) {
    MessageDigest known = hashes.take(upload.fileId(), upload.epoch(), size);
    Future<MessageDigest> hash =
        known != null
            ? Future.succeededFuture(known)
            : hashStored(upload, 0, Chunks.of(size), RunningHashes.sha256());
    return hash.compose(
        done -> {
          String sha256 = HexFormat.of().formatHex(done.digest());
          return client.ask(
              FssOperations.UPLOAD_COMPLETE,
              new CompleteUpload(upload.fileId(), upload.epoch(), size, sha256));
        });
  }

  private Future<MessageDigest> hashStored(
      Upload upload, int chunk, int chunks, MessageDigest digest) {
    if (chunk == chunks) {
      return Future.succeededFuture(digest);
    }
    return calls
        .read(new ReadChunk(upload.fileId(), upload.place(), chunk))
        .compose(
            (ChunkBytes read) -> {
              digest.update(read.bytes().array());
              read.bytes().giveBack();
              return hashStored(upload, chunk + 1, chunks, digest);
            });
  }
}
