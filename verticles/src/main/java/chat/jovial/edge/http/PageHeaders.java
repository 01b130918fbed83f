package chat.jovial.edge.http;

import chat.jovial.hashing.Hashes;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What browsers are told about everything served: nothing may run, be loaded or be framed but what
 * comes from here (Content Security Policy 3).
 */
public final class PageHeaders {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");
  private static final Pattern INLINE_SCRIPT =
      Pattern.compile("<script\\b(?![^>]*\\bsrc=)[^>]*>(.*?)</script>", Pattern.DOTALL);

  private PageHeaders() {}

  /**
   * @param scriptHashes of the inline import maps of a page, as the policy writes them
   */
  public static void put(HttpServerRequest request, List<String> scriptHashes) {
    MultiMap headers = request.response().headers();
    headers.set("Content-Security-Policy", policy(request, scriptHashes));
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** The hashes of a page's inline scripts; made when the page is loaded, not when it is sent. */
  static List<String> scriptHashes(String html) {
    List<String> hashes = new ArrayList<>();
    Matcher scripts = INLINE_SCRIPT.matcher(html);
    while (scripts.find()) {
      byte[] digest = sha256(scripts.group(1).getBytes(StandardCharsets.UTF_8));
      hashes.add("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    }
    return List.copyOf(hashes);
  }

  static byte[] sha256(byte[] content) {
    return Hashes.sha256(content);
  }

  private static String policy(HttpServerRequest request, List<String> scriptHashes) {
    StringBuilder policy = new StringBuilder("default-src 'none'; script-src 'self'");
    scriptHashes.forEach(hash -> policy.append(' ').append(hash));
    policy.append("; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:");
    policy.append("; connect-src 'self'");
    String host = safeHost(request.getHeader(HttpHeaders.HOST));
    if (host != null) {
      // Not every browser takes 'self' to mean WebSockets of the same host.
      policy.append(" ws://").append(host).append(" wss://").append(host);
    }
    return policy
        .append("; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'")
        .append("; frame-ancestors 'none'")
        .toString();
  }

  private static @Nullable String safeHost(@Nullable String host) {
    return host != null && HOST.matcher(host).matches() ? host : null;
  }
}
