package chat.jovial.edge.files.upload;

import chat.jovial.contract.JovialException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

/**
 * The body of an upload on its way from the socket to a {@link ChunkWriter}: it is read no faster
 * than it is stored. Confined to the request's event loop.
 */
final class UploadBody {
  /** Less than this within the stall timeout is as good as nothing. */
  private static final long MIN_PROGRESS_BYTES = 1024;

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final long maxBytes;
  private final ChunkWriter writer;
  private final Promise<Long> read = Promise.promise();
  private long received;
  private long receivedAtCheck;
  private boolean waiting;

  /**
   * @param request paused
   * @param maxBytes more than this is refused
   */
  UploadBody(Vertx vertx, HttpServerRequest request, long maxBytes, ChunkWriter writer) {
    this.vertx = vertx;
    this.request = request;
    this.maxBytes = maxBytes;
    this.writer = writer;
  }

  /**
   * Reads all of it; gives the number of bytes, of which the last ones may be in the writer still.
   * Fails when the sender goes away, sends too much, or next to nothing for too long.
   */
  Future<Long> read(Duration stallTimeout) {
    long timer = vertx.setPeriodic(stallTimeout.toMillis(), due -> checkProgress());
    writer.onReady(this::writerReady);
    request
        .handler(this::handleBytes)
        .endHandler(end -> read.tryComplete(received))
        .exceptionHandler(read::tryFail);
    // A sender who went away before is seen by no handler; its place is free at once.
    if (request.response().closed()) {
      read.tryFail(new ClosedChannelException());
    }
    request.resume();
    return read.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** Bytes that were taken so far. */
  long received() {
    return received;
  }

  private void writerReady() {
    Throwable failure = writer.failure();
    if (failure != null) {
      read.tryFail(failure);
    } else if (waiting && !writer.isFull()) {
      waiting = false;
      request.resume();
    }
  }

  private void handleBytes(Buffer bytes) {
    if (read.future().isComplete()) {
      return;
    }
    if (received + bytes.length() > maxBytes) {
      read.tryFail(
          JovialException.tooLarge("more came than the " + maxBytes + " bytes that may come here"));
      return;
    }
    received += bytes.length();
    writer.add(bytes);
    if (writer.isFull()) {
      waiting = true;
      request.pause();
    }
  }

  private void checkProgress() {
    if (!waiting && received - receivedAtCheck < MIN_PROGRESS_BYTES) {
      read.tryFail(new StalledException());
    }
    receivedAtCheck = received;
  }

  /** The sender holds a connection without using it. */
  static final class StalledException extends Exception {
    private static final long serialVersionUID = 1;

    StalledException() {
      super("the upload has stalled", null, false, false);
    }
  }
}
