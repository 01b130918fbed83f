package chat.jovial.edge.http;

import chat.jovial.contract.JovialException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Collects the body of a request up to a limit. What is longer is read on and thrown away before
 * the refusal is sent: a server that closes on a client in mid-sentence makes it lose the answer.
 */
public final class BoundedBody {
  /** Beyond this a client is not worth listening to: it is answered at once, and cut off. */
  private static final long MAX_DISCARDED_BYTES = 4L * 1024 * 1024;

  private final int maxBytes;
  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> read = Promise.promise();
  private long received;

  private BoundedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Fails with {@code too_large}, or as the connection does. */
  public static Future<Buffer> read(HttpServerRequest request, int maxBytes) {
    BoundedBody body = new BoundedBody(maxBytes);
    request
        .handler(body::handleChunk)
        .endHandler(end -> body.handleEnd())
        .exceptionHandler(body.read::tryFail);
    return body.read.future();
  }

  private void handleChunk(Buffer chunk) {
    received += chunk.length();
    if (received <= maxBytes) {
      body.appendBuffer(chunk);
    } else if (received > MAX_DISCARDED_BYTES) {
      refuse();
    }
  }

  private void handleEnd() {
    if (received > maxBytes) {
      refuse();
    } else {
      read.tryComplete(body);
    }
  }

  private void refuse() {
    read.tryFail(
        JovialException.tooLarge(
            "the body is too large; at most " + maxBytes + " bytes are taken"));
  }
}
