package chat.jovial.edge.http;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.JovialException;
import chat.jovial.edge.limits.HeldBytes;
import chat.jovial.edge.limits.PartialBytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Collector of the body of a request, up to a limit. What is longer is read and discarded before
 * the refusal is sent: a client on which the server closes while it still sends loses the answer. A
 * body that comes too slowly, or for which the node has no room, is refused.
 */
public final class BoundedBody {
  /** Beyond this a client is answered at once, and cut off. */
  private static final long MAX_DISCARDED_BYTES = 4L * 1024 * 1024;

  /** In each such time at least that much of a body has to come. */
  private static final long PROGRESS_MILLIS = 10_000;

  private static final long MIN_PROGRESS_BYTES = 1024;
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final int maxBytes;
  private final HeldBytes held;
  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> read = Promise.promise();
  private long received;
  private long receivedAtCheck;
  private long timer = -1;

  private BoundedBody(Vertx vertx, HttpServerRequest request, int maxBytes, PartialBytes budget) {
    this.vertx = vertx;
    this.request = request;
    this.maxBytes = maxBytes;
    this.held = new HeldBytes(budget);
  }

  /**
   * Fails with {@code too_large}, {@code timeout} or {@code try_again}, or as the connection does.
   */
  public static Future<Buffer> read(
      Vertx vertx, HttpServerRequest request, int maxBytes, PartialBytes budget) {
    return new BoundedBody(vertx, request, maxBytes, budget).read();
  }

  private Future<Buffer> read() {
    request
        .handler(this::handleChunk)
        .endHandler(end -> handleEnd())
        .exceptionHandler(read::tryFail);
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      var unused = request.response().writeContinue();
    }
    if (!request.isEnded()) {
      timer = vertx.setPeriodic(PROGRESS_MILLIS, tick -> checkProgress());
    }
    return read.future().onComplete(done -> end());
  }

  private void end() {
    held.release();
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
  }

  private void handleChunk(Buffer chunk) {
    received += chunk.length();
    if (read.future().isComplete()) {
      if (received > MAX_DISCARDED_BYTES) {
        var unused = request.connection().close();
      }
    } else if (received > MAX_DISCARDED_BYTES) {
      refuseLength();
    } else if (received <= maxBytes) {
      if (held.hold(received)) {
        body.appendBuffer(chunk);
      } else {
        read.tryFail(
            JovialException.tryAgain("the server has too many unfinished requests", RETRY));
      }
    }
  }

  private void handleEnd() {
    if (received > maxBytes) {
      refuseLength();
    } else {
      read.tryComplete(body);
    }
  }

  private void checkProgress() {
    if (received - receivedAtCheck < MIN_PROGRESS_BYTES) {
      read.tryFail(new JovialException(ErrorCode.TIMEOUT, "the body comes too slowly"));
      // Whoever sends next to nothing is not worth a connection; the answer goes out before.
      vertx.runOnContext(answered -> request.connection().close());
    }
    receivedAtCheck = received;
  }

  private void refuseLength() {
    read.tryFail(
        JovialException.tooLarge(
            "the body is too large; at most " + maxBytes + " bytes are accepted"));
  }
}
