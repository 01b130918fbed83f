package chat.jovial.edge.files.download;

import chat.jovial.contract.Bytes;
import chat.jovial.edge.files.download.Pieces.Piece;
import chat.jovial.edge.files.download.Pieces.Slice;
import chat.jovial.edge.files.download.Pieces.Text;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sends a plan's bytes to one socket, in equal memory whatever the file's size: chunks are asked
 * for ahead of it, one more whenever the socket had to wait for the store, so a slow reader has two
 * and a fast one four; nothing is written to a socket that is full. Confined to the request's event
 * loop.
 */
public final class Download {
  /** Chunks asked for and not yet written. */
  public static final int MAX_AHEAD = 4;

  /** What is given to the socket at once: small, so that it is seen to move. */
  private static final int WRITE_BYTES = 128 * 1024;

  /** What waits in the socket's queue. */
  private static final int QUEUE_BYTES = 2 * WRITE_BYTES;

  /** What becomes of a download; each is told at most once. */
  interface Watcher {
    /** The first bytes are there: status and headers are due. */
    void begin();

    /** It failed before anything was sent. */
    void refuse(Throwable cause);

    /** It failed in the middle; the connection is closed. */
    void broken(Throwable cause);

    /** The reader took nothing for too long; the connection is closed. */
    void stalled();

    void sent(int bytes);

    /** However it ended. */
    void end();
  }

  /**
   * Bytes that are sent next.
   *
   * @param lent gets its bytes back when they are sent; null if others may be sending them too
   */
  private record Ready(Buffer buffer, @Nullable Bytes lent) {}

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Pieces pieces;
  private final boolean usesChunksOnce;
  private final IntFunction<Future<Bytes>> store;
  private final Duration stallTimeout;
  private final Watcher watcher;

  private final Deque<Future<Ready>> ahead = new ArrayDeque<>();
  private int window = 1;
  private boolean pumping;
  private boolean begun;
  private boolean ended;
  private @Nullable Long stallTimer;

  /** What is being written, and how far. */
  private @Nullable Ready present;

  private int written;

  /** Of several ranges some may be of one chunk: it is read once. */
  private int newestChunk = -1;

  private @Nullable Future<Bytes> newest;

  /**
   * @param store reads a chunk
   */
  Download(
      Vertx vertx,
      HttpServerResponse response,
      DownloadPlan plan,
      IntFunction<Future<Bytes>> store,
      Duration stallTimeout,
      Watcher watcher) {
    this.vertx = vertx;
    this.response = response;
    this.pieces = new Pieces(plan);
    this.usesChunksOnce = plan.parts().size() == 1;
    this.store = store;
    this.stallTimeout = stallTimeout;
    this.watcher = watcher;
  }

  void start() {
    if (response.closed()) {
      end();
      return;
    }
    response
        .setWriteQueueMaxSize(QUEUE_BYTES)
        .closeHandler(gone -> end())
        .exceptionHandler(gone -> end());
    pump();
  }

  private void askAhead() {
    while (ahead.size() < window && pieces.hasNext()) {
      ahead.add(bytesOf(pieces.next()));
    }
  }

  private Future<Ready> bytesOf(Piece piece) {
    if (piece instanceof Text text) {
      return Future.succeededFuture(new Ready(text.text(), null));
    }
    Slice slice = (Slice) piece;
    Future<Bytes> chunk = newest;
    if (chunk == null || slice.chunk() != newestChunk) {
      chunk = store.apply(slice.chunk());
      newestChunk = slice.chunk();
      newest = chunk;
    }
    return chunk.map(bytes -> cut(bytes, slice)).onComplete(done -> pump());
  }

  private Ready cut(Bytes chunk, Slice slice) {
    if (chunk.length() < slice.to()) {
      throw new IllegalStateException(
          "chunk " + slice.chunk() + " has only " + chunk.length() + " bytes");
    }
    return new Ready(
        BufferInternal.buffer(
            Unpooled.wrappedBuffer(chunk.array(), slice.from(), slice.to() - slice.from())),
        usesChunksOnce ? chunk : null);
  }

  /** A chunk that is there at once calls this while it is being asked for: then it runs already. */
  private void pump() {
    if (pumping || ended) {
      return;
    }
    pumping = true;
    try {
      askAhead();
      writeAll();
    } finally {
      pumping = false;
    }
  }

  /** Writes what is there, until the socket is full or the store is behind. */
  private void writeAll() {
    while (!ended) {
      if (present != null) {
        if (response.writeQueueFull()) {
          awaitDrain();
          return;
        }
        writeSome(present);
        continue;
      }
      Future<Ready> next = ahead.peek();
      if (next == null) {
        finish();
        return;
      }
      if (!next.isComplete()) {
        if (window == MAX_AHEAD) {
          return;
        }
        window++;
        askAhead();
        if (!next.isComplete()) {
          return;
        }
      }
      if (next.failed()) {
        fail(next.cause());
        return;
      }
      ahead.remove();
      begin();
      present = next.result();
      askAhead();
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      watcher.begin();
    }
  }

  private void writeSome(Ready ready) {
    int length = ready.buffer().length();
    int to = Math.min(written + WRITE_BYTES, length);
    Future<Void> sent = response.write(ready.buffer().slice(written, to));
    watcher.sent(to - written);
    written = to;
    if (written == length) {
      present = null;
      written = 0;
      // Writes are done in their order: the socket has all of it then.
      Bytes lent = ready.lent();
      if (lent != null) {
        sent.onSuccess(done -> lent.giveBack());
      }
    }
    // A write that fails is followed by the close of the connection, which ends this.
    sent.onFailure(gone -> end());
  }

  private void awaitDrain() {
    if (stallTimer == null) {
      stallTimer = vertx.setTimer(stallTimeout.toMillis(), fired -> stall());
      response.drainHandler(
          drained -> {
            cancelTimer();
            pump();
          });
    }
  }

  private void finish() {
    begin();
    stallTimer = vertx.setTimer(stallTimeout.toMillis(), fired -> stall());
    response.end().onComplete(done -> end());
  }

  private void stall() {
    if (!ended) {
      end();
      watcher.stalled();
    }
  }

  private void fail(Throwable cause) {
    end();
    if (begun) {
      watcher.broken(cause);
    } else {
      watcher.refuse(cause);
    }
  }

  /** From here on nothing more is read or written. */
  private void end() {
    if (!ended) {
      ended = true;
      cancelTimer();
      ahead.clear();
      present = null;
      newest = null;
      watcher.end();
    }
  }

  private void cancelTimer() {
    if (stallTimer != null) {
      vertx.cancelTimer(stallTimer);
      stallTimer = null;
    }
  }
}
