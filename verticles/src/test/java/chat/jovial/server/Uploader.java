package chat.jovial.server;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** Uploads as a user's device makes them, byte for byte. Blocks. */
final class Uploader {
  private static final String TUS = "/files/tus";

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final String userToken;

  Uploader(int port, String userToken) {
    this.port = port;
    this.userToken = userToken;
  }

  HttpResponse<String> post(String query, String contentType, BodyPublisher body) {
    return send(request("/files" + query).header("Content-Type", contentType).POST(body));
  }

  /** Without a length: in chunks. */
  HttpResponse<String> postUnknownLength(byte[] bytes) {
    return post(
        "",
        "application/octet-stream",
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
  }

  /** The path of an upload that has begun. */
  String begin(long length, String... metadata) {
    HttpResponse<String> begun =
        send(
            tus(TUS)
                .header("Upload-Length", Long.toString(length))
                .header("Upload-Metadata", metadata(metadata))
                .POST(BodyPublishers.noBody()));
    if (begun.statusCode() != 201) {
      throw new AssertionError(begun.statusCode() + " " + begun.body());
    }
    return begun.headers().firstValue("Location").orElseThrow();
  }

  static String metadata(String... namesAndValues) {
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      header
          .append(i == 0 ? "" : ",")
          .append(namesAndValues[i])
          .append(' ')
          .append(base64(namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8)));
    }
    return header.toString();
  }

  HttpResponse<String> patch(String path, long offset, byte[] bytes, String... headers) {
    HttpRequest.Builder patch =
        tus(path)
            .header("Upload-Offset", Long.toString(offset))
            .header("Content-Type", "application/offset+octet-stream");
    if (headers.length > 0) {
      patch.headers(headers);
    }
    return send(patch.method("PATCH", BodyPublishers.ofByteArray(bytes)));
  }

  HttpResponse<String> head(String path) {
    return send(tus(path).method("HEAD", BodyPublishers.noBody()));
  }

  long offset(String path) {
    return offset(head(path));
  }

  /** How much is stored; other than asking for the offset, this takes nothing over. */
  long stored(String path) {
    return json(patch(path, Long.MAX_VALUE, new byte[1]))
        .getJsonObject("details")
        .getLong("offset");
  }

  static long offset(HttpResponse<?> response) {
    return Long.parseLong(response.headers().firstValue("Upload-Offset").orElseThrow());
  }

  HttpResponse<String> delete(String path) {
    return send(tus(path).DELETE());
  }

  /** Announces more than it sends, and hangs up. */
  void patchAndHangUp(String path, long offset, byte[] bytes, long announced) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String head =
          "PATCH %s HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer %s\r\n"
              + "Content-Type: application/offset+octet-stream\r\nUpload-Offset: %d\r\n"
              + "Content-Length: %d\r\n\r\n";
      socket
          .getOutputStream()
          .write(
              head.formatted(path, userToken, offset, announced)
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }
  }

  HttpRequest.Builder tus(String path) {
    return request(path).header("Tus-Resumable", "1.0.0");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Api.PATIENCE)
        .header("Authorization", "Bearer " + userToken);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }

  static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(digest("SHA-256", bytes));
  }

  static String checksum(byte[] bytes) {
    return "sha1 " + base64(digest("SHA-1", bytes));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
