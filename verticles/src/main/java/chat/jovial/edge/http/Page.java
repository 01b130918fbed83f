package chat.jovial.edge.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Something to be sent as it is.
 *
 * @param gzip the same in fewer bytes, for those who take it; null where it is not worth it
 * @param caching a value of {@code Cache-Control}
 */
record Page(
    Buffer content,
    @Nullable Buffer gzip,
    String contentType,
    String etag,
    String caching,
    List<String> scriptHashes) {
  /** Asked for again each time, which costs no more than a 304. */
  static final String REVALIDATE = "no-cache";

  /** The version is in the path. */
  static final String FOR_GOOD = "public, max-age=31536000, immutable";

  /** Bytes of pages that are compressed at least: smaller ones are in one packet anyhow. */
  private static final int MIN_COMPRESSED = 1_000;

  private static final Pattern COMPRESSIBLE =
      Pattern.compile("text/|application/(json|manifest)|image/svg");

  /** Named, and not refused by a weight of zero. */
  private static final Pattern GZIP =
      Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))");

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
    return new Page(content, null, type, etag, caching, hashes);
  }

  /** The same page, compressed once for all requests. Takes milliseconds. */
  Page compressed() {
    if (content.length() < MIN_COMPRESSED || !COMPRESSIBLE.matcher(contentType).lookingAt()) {
      return this;
    }
    return new Page(content, zip(content.getBytes()), contentType, etag, caching, scriptHashes);
  }

  private static Buffer zip(byte[] content) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out =
        new GZIPOutputStream(zipped) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return Buffer.buffer(zipped.toByteArray());
  }

  /** The same page for an address that does not name its version. */
  Page notKept() {
    return new Page(content, gzip, contentType, etag, REVALIDATE, scriptHashes);
  }

  void send(HttpServerRequest request) {
    PageHeaders.put(request, scriptHashes);
    Buffer smaller = takesGzip(request) ? gzip : null;
    boolean zipped = smaller != null;
    Buffer body = smaller != null ? smaller : content;
    // Other bytes have another tag (RFC 9110, 8.8.3.3).
    String tag = zipped ? etag.substring(0, etag.length() - 1) + "-gzip\"" : etag;
    HttpServerResponse response =
        request
            .response()
            .putHeader(HttpHeaders.ETAG, tag)
            .putHeader(HttpHeaders.CACHE_CONTROL, caching);
    if (gzip != null) {
      response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
    if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(NOT_MODIFIED).end().onFailure(gone -> {});
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    if (zipped) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    if (request.method() == HttpMethod.HEAD) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      response.end().onFailure(gone -> {});
    } else {
      response.end(body).onFailure(gone -> {});
    }
  }

  private static boolean takesGzip(HttpServerRequest request) {
    String encodings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return encodings != null && GZIP.matcher(encodings).find();
  }
}
