package chat.jovial.edge.files.download;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** What is said of every answer that has a user's bytes in it. */
public final class FileHeaders {
  /**
   * Nothing in it may run or load anything, even if it is opened as a page; the styles are those of
   * a browser's own viewers.
   */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

  /**
   * The bytes never change, but who may read them does: a copy is used only after it was asked for
   * again, which is a 304. For the same reason it need not vary by who asks.
   */
  private static final String CACHING = "private, no-cache";

  private FileHeaders() {}

  public static void put(MultiMap headers, Etag etag) {
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(HttpHeaders.CACHE_CONTROL, CACHING);
    headers.set(HttpHeaders.ETAG, etag.text());
  }
}
