package chat.jovial.edge.http;

import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Ids;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.Json;
import chat.jovial.limits.LogThrottle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as {@code application/problem+json} (RFC 9457). */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final LogThrottle FAILURES = new LogThrottle(5);
  private static final String RETRY_AFTER_MILLIS = "retry_after_ms";

  private Problems() {}

  public static void send(HttpServerRequest request, Throwable failure) {
    send(request, JovialException.of(failure).code().status(), failure);
  }

  /**
   * @param status instead of the one of the failure's code
   */
  static void send(HttpServerRequest request, int status, Throwable failure) {
    String requestId = Ids.text(UUID.randomUUID());
    JovialException told = JovialException.of(failure);
    if (told != failure && FAILURES.allows()) {
      LOG.error("Request {} to {} failed", requestId, request.path(), failure);
    }
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (told.code() == ErrorCode.UNAUTHENTICATED) {
      response.putHeader("WWW-Authenticate", "Bearer");
    }
    if (told.details().get(RETRY_AFTER_MILLIS) instanceof Number millis) {
      long seconds = Math.max(1, (millis.longValue() + 999) / 1000);
      response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
    response
        .end(Buffer.buffer(Json.write(document(told, status, requestId))))
        .onFailure(gone -> request.connection().close());
  }

  private static Map<String, Object> document(
      JovialException failure, int status, String requestId) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", "about:blank");
    document.put("title", failure.code().wireName());
    document.put("status", status);
    document.put("code", failure.code().wireName());
    document.put("detail", failure.detail());
    document.put("request_id", requestId);
    if (!failure.details().isEmpty()) {
      document.put("details", failure.details());
    }
    return document;
  }
}
