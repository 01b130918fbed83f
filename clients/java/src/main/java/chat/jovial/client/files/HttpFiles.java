package chat.jovial.client.files;

import chat.jovial.client.json.Json;
import chat.jovial.client.model.JovialException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Client of the server's files over HTTP: tus 1.0 to send them, ranges to fetch them. Blocks: never
 * on the executor. Refusals are {@link JovialException}s with the server's code; whatever the
 * network does is an {@link IOException}.
 */
final class HttpFiles {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** For a request without many bytes, or for the head of a response. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  /** A piece of an upload may take so long, whatever the network. */
  private static final Duration PIECE_TIMEOUT = Duration.ofMinutes(15);

  private static final String TUS = "1.0.0";

  private final @Nullable SSLContext tls;
  private volatile @Nullable URI base;

  /** Made when it is first needed: it has a thread of its own. */
  private @Nullable HttpClient client;

  HttpFiles(@Nullable URI base, @Nullable SSLContext tls) {
    this.base = base;
    this.tls = tls;
  }

  boolean hasAddress() {
    return base != null;
  }

  /** Ignored if there is an address already. */
  void learn(URI address) {
    if (base == null) {
      base = address;
    }
  }

  private URI base() {
    URI known = base;
    if (known == null) {
      throw Transfers.noAddress();
    }
    return known;
  }

  private synchronized HttpClient client() {
    if (client == null) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT);
      if (tls != null) {
        builder.sslContext(tls);
      }
      client = builder.build();
    }
    return client;
  }

  /** Begins an upload and gives its URL. */
  String create(String userToken, UploadState upload) throws IOException, InterruptedException {
    HttpRequest request =
        tus("/files/tus", userToken)
            .timeout(TIMEOUT)
            .header("Upload-Length", Long.toString(upload.size()))
            .header(
                "Upload-Metadata",
                pair("filename", upload.name())
                    + ","
                    + pair("filetype", upload.mimeType())
                    + ","
                    + pair("user_id", upload.userId()))
            .POST(BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = client().send(request, BodyHandlers.ofString());
    if (response.statusCode() != 201) {
      throw refusal(response.statusCode(), response.body());
    }
    String location = response.headers().firstValue("Location").orElse("");
    if (location.isEmpty()) {
      throw new IOException("The server does not say where the upload is.");
    }
    return base().resolve(location).toString();
  }

  /** How many bytes the server has; empty if it does not know the upload any more. */
  OptionalLong offset(String userToken, String url) throws IOException, InterruptedException {
    HttpRequest request =
        tus(url, userToken).timeout(TIMEOUT).method("HEAD", BodyPublishers.noBody()).build();
    HttpResponse<Void> response = client().send(request, BodyHandlers.discarding());
    if (response.statusCode() == 404 || response.statusCode() == 410) {
      return OptionalLong.empty();
    }
    if (response.statusCode() / 100 != 2) {
      throw refusal(response.statusCode(), "");
    }
    return response.headers().firstValueAsLong("Upload-Offset");
  }

  /**
   * Sends a piece and gives the offset behind it.
   *
   * @param bytes so many; what it throws ends the request
   */
  long append(String userToken, String url, long offset, InputStream bytes, long count)
      throws IOException, InterruptedException {
    HttpRequest request =
        tus(url, userToken)
            .timeout(PIECE_TIMEOUT)
            .header("Upload-Offset", Long.toString(offset))
            .header("Content-Type", "application/offset+octet-stream")
            .method(
                "PATCH",
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> bytes), count))
            .build();
    HttpResponse<String> response = client().send(request, BodyHandlers.ofString());
    if (response.statusCode() != 204) {
      throw refusal(response.statusCode(), response.body());
    }
    return response
        .headers()
        .firstValueAsLong("Upload-Offset")
        .orElseThrow(() -> new IOException("The server does not say how far the upload is."));
  }

  /** Gives an upload up; whether the server has heard it does not matter: it sweeps. */
  void delete(String userToken, String url) throws IOException, InterruptedException {
    HttpRequest request = tus(url, userToken).timeout(TIMEOUT).DELETE().build();
    HttpResponse<Void> unused = client().send(request, BodyHandlers.discarding());
  }

  /** The bytes of a file from there on; a status of 200, 206 or 416, others are refusals. */
  HttpResponse<InputStream> get(String userToken, String fileId, String fileToken, long from)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base().resolve("/files/" + fileId + "?token=" + fileToken))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + userToken)
            .GET();
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    HttpResponse<InputStream> response =
        client().send(request.build(), BodyHandlers.ofInputStream());
    int status = response.statusCode();
    if (status != 200 && status != 206 && status != 416) {
      try (InputStream body = response.body()) {
        throw refusal(status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return response;
  }

  private HttpRequest.Builder tus(String path, String userToken) {
    return HttpRequest.newBuilder(base().resolve(path))
        .header("Tus-Resumable", TUS)
        .header("Authorization", "Bearer " + userToken);
  }

  private static String pair(String name, String value) {
    return name + " " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** From a problem (RFC 9457), or from the status alone: a HEAD has no body. */
  private static JovialException refusal(int status, String body) {
    try {
      JsonNode problem = Json.read(body.isEmpty() ? "{}" : body);
      String code = Json.textOr(problem, "code", codeOf(status));
      Long retryAfter = Json.number(problem.path("details"), "retry_after_ms");
      return new JovialException(
          // Somebody else writes, or another offset: look how far it is and go on.
          status == 409 || status == 423 || status == 460 ? "try_again" : code,
          Json.textOr(problem, "detail", "the server answered " + status),
          retryAfter == null ? null : Duration.ofMillis(retryAfter),
          null);
    } catch (IllegalArgumentException e) {
      return new JovialException(codeOf(status), "the server answered " + status);
    }
  }

  private static String codeOf(int status) {
    return switch (status) {
      case 400, 415 -> "invalid_request";
      case 401 -> "unauthenticated";
      case 403 -> "forbidden";
      case 404 -> "not_found";
      case 410 -> "gone";
      case 413 -> "too_large";
      case 429 -> "rate_limited";
      case 503, 502, 504 -> "try_again";
      default -> "internal";
    };
  }
}
