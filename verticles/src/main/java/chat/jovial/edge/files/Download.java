package chat.jovial.edge.files;

import chat.jovial.edge.files.Pieces.Piece;
import chat.jovial.edge.files.Pieces.Slice;
import chat.jovial.edge.files.Pieces.Text;
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
final class Download {
  /** Chunks asked for and not yet written. */
  static final int MAX_AHEAD = 4;

  /** What is given to the socket at once: small, so that it is seen to move. */
  private static final int WRITE_BYTES = 64 * 1024;

  /** What waits in the socket's queue. */
  private static final int QUEUE_BYTES = 4 * WRITE_BYTES;

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

  private record Ahead(Piece piece, Future<Buffer> bytes) {}

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Pieces pieces;
  private final IntFunction<Future<byte[]>> store;
  private final Duration stallTimeout;
  private final Watcher watcher;

  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private int window = 1;
  private boolean pumping;
  private boolean begun;
  private boolean ended;
  private @Nullable Long stallTimer;

  /** What is being written, and how far. */
  private @Nullable Buffer present;

  private int written;

  /** Of several ranges some may be of one chunk: it is read once. */
  private int newestChunk = -1;

  private Future<byte[]> newest = Future.succeededFuture(new byte[0]);

  /**
   * @param store reads a chunk
   */
  Download(
      Vertx vertx,
      HttpServerResponse response,
      Plan plan,
      IntFunction<Future<byte[]>> store,
      Duration stallTimeout,
      Watcher watcher) {
    this.vertx = vertx;
    this.response = response;
    this.pieces = new Pieces(plan);
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
      Piece piece = pieces.next();
      ahead.add(new Ahead(piece, bytesOf(piece)));
    }
  }

  private Future<Buffer> bytesOf(Piece piece) {
    if (piece instanceof Text text) {
      return Future.succeededFuture(text.text());
    }
    Slice slice = (Slice) piece;
    if (slice.chunk() != newestChunk) {
      newestChunk = slice.chunk();
      newest = store.apply(slice.chunk());
    }
    Future<Buffer> bytes = newest.map(chunk -> cut(chunk, slice));
    return bytes.onComplete(done -> pump());
  }

  private static Buffer cut(byte[] chunk, Slice slice) {
    if (chunk.length < slice.to()) {
      throw new IllegalStateException(
          "chunk " + slice.chunk() + " has only " + chunk.length + " bytes");
    }
    return BufferInternal.buffer(
        Unpooled.wrappedBuffer(chunk, slice.from(), slice.to() - slice.from()));
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
      Ahead next = ahead.peek();
      if (next == null) {
        finish();
        return;
      }
      if (!next.bytes().isComplete()) {
        if (window == MAX_AHEAD) {
          return;
        }
        window++;
        askAhead();
        if (!next.bytes().isComplete()) {
          return;
        }
      }
      if (next.bytes().failed()) {
        fail(next.bytes().cause());
        return;
      }
      ahead.remove();
      begin();
      present = next.bytes().result();
      askAhead();
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      watcher.begin();
    }
  }

  private void writeSome(Buffer buffer) {
    int to = Math.min(written + WRITE_BYTES, buffer.length());
    // A write that fails is followed by the close of the connection, which ends this.
    response.write(buffer.slice(written, to)).onFailure(gone -> end());
    watcher.sent(to - written);
    written = to;
    if (written == buffer.length()) {
      present = null;
      written = 0;
    }
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
      newest = Future.succeededFuture(new byte[0]);
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
