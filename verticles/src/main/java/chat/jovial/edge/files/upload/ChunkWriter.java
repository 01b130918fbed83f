package chat.jovial.edge.files.upload;

import chat.jovial.contract.Bytes;
import chat.jovial.contract.Nothing;
import chat.jovial.contract.fss.Chunks;
import chat.jovial.contract.fss.Upload;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.edge.files.ChunkCalls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what an upload brings into chunks and has them stored, two at a time. Its memory is those
 * and the one being filled, whatever the size of the file. Confined to the request's event loop.
 */
public final class ChunkWriter {
  /** Enough to keep the store busy while the next one fills. */
  public static final int MAX_UNANSWERED = 2;

  private final ChunkCalls calls;
  private final Upload upload;
  private final boolean holdFirst;
  private final List<MessageDigest> digests;
  private Runnable ready = () -> {};
  private byte[] filling;
  private int filled;
  private int next;
  private int unanswered;
  private byte @Nullable [] held;
  private @Nullable Throwable failure;
  private @Nullable Promise<Nothing> flushing;

  /**
   * @param upload whose offset is where it goes on
   * @param tail bytes of the chunk in which that is, which are stored again with more behind
   * @param holdFirst whether the first chunk waits for {@link #release}: without it nothing behind
   *     it counts, so all of a request's bytes are taken at one stroke or not at all
   * @param digests of what is added, without the tail
   */
  ChunkWriter(
      ChunkCalls calls, Upload upload, Bytes tail, boolean holdFirst, List<MessageDigest> digests) {
    this.calls = calls;
    this.upload = upload;
    this.holdFirst = holdFirst;
    this.digests = List.copyOf(digests);
    this.next = Math.toIntExact(upload.offset() / Chunks.SIZE);
    this.filling = calls.array();
    System.arraycopy(tail.array(), 0, filling, 0, tail.length());
    this.filled = tail.length();
  }

  /** Has this run when there is room again, or nothing can be stored any more. */
  void onReady(Runnable handler) {
    ready = handler;
  }

  void add(Buffer bytes) {
    int from = 0;
    while (from < bytes.length()) {
      int taken = Math.min(bytes.length() - from, Chunks.SIZE - filled);
      bytes.getBytes(from, from + taken, filling, filled);
      for (MessageDigest digest : digests) {
        digest.update(filling, filled, taken);
      }
      from += taken;
      filled += taken;
      if (filled == Chunks.SIZE) {
        store(filling);
        filling = calls.array();
        filled = 0;
      }
    }
  }

  /** Whether the sender has to wait. */
  boolean isFull() {
    return unanswered >= MAX_UNANSWERED;
  }

  /** Stores what is left; succeeds when all is stored but what is held. */
  Future<Nothing> flush() {
    if (filled > 0) {
      store(Arrays.copyOf(filling, filled));
      filled = 0;
    }
    return answered();
  }

  /** Stores the chunk that was held, and so makes all of them count. */
  Future<Nothing> release() {
    byte[] first = held;
    if (first != null) {
      held = null;
      write(Math.toIntExact(upload.offset() / Chunks.SIZE), first);
    }
    return answered();
  }

  private Future<Nothing> answered() {
    Promise<Nothing> promise = Promise.promise();
    flushing = promise;
    completeIfDone();
    return promise.future();
  }

  private void store(byte[] chunk) {
    int number = next++;
    if (holdFirst && number == upload.offset() / Chunks.SIZE) {
      held = chunk;
    } else {
      write(number, chunk);
    }
  }

  private void write(int number, byte[] chunk) {
    unanswered++;
    WriteChunk request =
        new WriteChunk(upload.fileId(), upload.place(), upload.epoch(), number, Bytes.of(chunk));
    calls
        .write(request)
        .onComplete(
            done -> {
              unanswered--;
              if (done.failed() && failure == null) {
                failure = done.cause();
              }
              completeIfDone();
              ready.run();
            });
  }

  private void completeIfDone() {
    Promise<Nothing> waiting = flushing;
    if (waiting == null || unanswered > 0) {
      return;
    }
    flushing = null;
    if (failure == null) {
      waiting.complete(Nothing.NOTHING);
    } else {
      waiting.fail(failure);
    }
  }

  /** Why it is of no use to go on, if it is not. */
  @Nullable Throwable failure() {
    return failure;
  }
}
