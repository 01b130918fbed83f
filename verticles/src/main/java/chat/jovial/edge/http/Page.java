package chat.jovial.edge.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something to be sent as it is.
 *
 * @param caching a value of {@code Cache-Control}
 */
record Page(
    Buffer content, String contentType, String etag, String caching, List<String> scriptHashes) {
  /** Asked for again each time, which costs no more than a 304. */
  static final String REVALIDATE = "no-cache";

  /** The version is in the path. */
  static final String FOR_GOOD = "public, max-age=31536000, immutable";

  private static final int NOT_MODIFIED = 304;
  private static final int ETAG_BYTES = 12;
  private static final String HTML = "text/html; charset=utf-8";
  private static final Map<String, String> TYPE_BY_EXTENSION =
      Map.ofEntries(
          Map.entry("html", HTML),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("md", "text/plain; charset=utf-8"));

  /** A page whose type follows from the extension of its name. */
  static Page of(String name, Buffer content, String caching) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String type = TYPE_BY_EXTENSION.getOrDefault(extension, "application/octet-stream");
    byte[] digest = PageHeaders.sha256(content.getBytes());
    String etag =
        '"'
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(digest)
                .substring(0, ETAG_BYTES)
            + '"';
    List<String> hashes =
        type.equals(HTML) ? PageHeaders.scriptHashes(content.toString()) : List.of();
    return new Page(content, type, etag, caching, hashes);
  }

  void send(HttpServerRequest request) {
    PageHeaders.put(request, scriptHashes);
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.ETAG, etag)
            .putHeader(HttpHeaders.CACHE_CONTROL, caching);
    if (etag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(NOT_MODIFIED).end().onFailure(gone -> {});
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    if (request.method() == HttpMethod.HEAD) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(content.length()));
      response.end().onFailure(gone -> {});
    } else {
      response.end(content).onFailure(gone -> {});
    }
  }
}
