package chat.jovial.edge.files.upload;

import chat.jovial.contract.JovialException;
import chat.jovial.edge.files.FileAccessGateway;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Responder to uploads that are refused while their body is still coming. A server that closes on a
 * client in mid-sentence makes it lose the answer, so some of the rest is read and thrown away.
 */
public final class UploadRefusals {
  /** Beyond this a client is not worth listening to. */
  private static final long MAX_DISCARDED_BYTES = 4L * 1024 * 1024;

  private static final int PRECONDITION_FAILED = 412;
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  /** Of tus: the checksum extension. */
  private static final int CHECKSUM_MISMATCH = 460;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final FileAccessGateway gateway;

  public UploadRefusals(FileAccessGateway gateway) {
    this.gateway = gateway;
  }

  void send(HttpServerRequest request, Throwable failure) {
    if (failure instanceof Checksum.MismatchException) {
      gateway.refuse(
          request, CHECKSUM_MISMATCH, JovialException.invalid(Checksum.MismatchException.WHY));
    } else if (failure instanceof UploadBody.StalledException) {
      // Whoever sends nothing does not read either; what came is stored.
      request.connection().close();
      return;
    } else if (failure instanceof JovialException) {
      gateway.refuse(request, failure);
    } else if (request.response().closed()) {
      return;
    } else {
      gateway.refuse(request, JovialException.tryAgain("the upload was cut off", RETRY));
    }
    discard(request);
  }

  /** The client speaks no version of tus that is spoken here. */
  void sendVersion(HttpServerRequest request) {
    gateway.refuse(
        request,
        PRECONDITION_FAILED,
        JovialException.invalid("the header Tus-Resumable must be " + TusHeaders.VERSION));
    discard(request);
  }

  void sendMediaType(HttpServerRequest request) {
    gateway.refuse(
        request,
        UNSUPPORTED_MEDIA_TYPE,
        JovialException.invalid("the Content-Type must be " + TusHeaders.BODY_TYPE));
    discard(request);
  }

  private static void discard(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    long[] discarded = new long[1];
    request
        .handler(
            bytes -> {
              discarded[0] += bytes.length();
              if (discarded[0] > MAX_DISCARDED_BYTES) {
                request.connection().close();
              }
            })
        .endHandler(end -> {})
        .exceptionHandler(gone -> {});
    request.resume();
  }
}
