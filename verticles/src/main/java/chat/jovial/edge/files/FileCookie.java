package chat.jovial.edge.files;

import chat.jovial.edge.files.FileAccessGateway.ShownToken;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The user_token in a cookie, because {@code <img>} and {@code <video>} cannot send a header. It is
 * verified as the token is, revocation included, and counts only where nothing is changed; {@code
 * SameSite=Strict} keeps other sites from using it.
 */
public final class FileCookie {
  static final String NAME = "jovial_files";
  public static final String PATH = "/files";

  private static final String HTTPS = "https";

  private FileCookie() {}

  /** The token in it, if there is one. */
  public static @Nullable String tokenOf(HttpServerRequest request) {
    Cookie cookie = request.getCookie(NAME);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  /** Lives as long as the token in it. */
  public static void set(HttpServerRequest request, ShownToken token, Clock clock) {
    long seconds = Duration.between(clock.instant(), token.expiresAt()).toSeconds();
    request.response().addCookie(cookie(request, token.text()).setMaxAge(Math.max(0, seconds)));
  }

  public static void remove(HttpServerRequest request) {
    request.response().addCookie(cookie(request, "").setMaxAge(0));
  }

  private static Cookie cookie(HttpServerRequest request, String value) {
    return Cookie.cookie(NAME, value)
        .setPath(PATH)
        .setHttpOnly(true)
        .setSameSite(CookieSameSite.STRICT)
        .setSecure(isHttps(request));
  }

  /** Also behind a proxy that ends TLS: browsers say where the page came from with every POST. */
  private static boolean isHttps(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return request.isSSL()
        || HTTPS.equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
        || (origin != null && origin.startsWith(HTTPS + "://"));
  }
}
