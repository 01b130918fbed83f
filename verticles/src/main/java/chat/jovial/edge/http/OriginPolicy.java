package chat.jovial.edge.http;

import chat.jovial.contract.JovialException;
import chat.jovial.edge.network.TrustedProxies;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policy on which web pages may connect. Browsers send {@code Origin} with every WebSocket and
 * POST, and do not apply the same-origin policy to WebSockets; native clients send none. Any
 * thread.
 */
public final class OriginPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(OriginPolicy.class);
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** Origins of which a refusal was logged; each once an hour. */
  private static final int MAX_LOGGED = 100;

  private final Set<String> allowed;
  private final @Nullable String publicHost;
  private final TrustedProxies proxies;
  private final Cache<String, Boolean> logged =
      Caffeine.newBuilder().maximumSize(MAX_LOGGED).expireAfterWrite(Duration.ofHours(1)).build();

  /**
   * @param publicUrl under which browsers reach this server
   */
  public OriginPolicy(
      Collection<String> allowed, Optional<String> publicUrl, TrustedProxies proxies) {
    this.allowed = Set.copyOf(allowed);
    this.publicHost = publicUrl.map(url -> URI.create(url).getAuthority()).orElse(null);
    this.proxies = proxies;
  }

  /** Whether the page is one of this server, or the request comes from no page. */
  public boolean isOwn(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null
        || isSameHost(origin, publicHost)
        || isSameHost(origin, request.getHeader(HttpHeaders.HOST))
        || isSameHost(origin, proxies.hostOf(request));
  }

  /** Refuses pages that are neither of this server nor allowed. */
  public void check(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || allowed.contains(origin) || isOwn(request)) {
      return;
    }
    String host = request.getHeader(HttpHeaders.HOST);
    String why =
        "pages of "
            + plain(origin)
            + " may not connect: this server was asked as "
            + plain(host)
            + "; see edge.public_url, edge.trusted_proxies and edge.allowed_origins";
    if (logged.asMap().putIfAbsent(plain(origin), true) == null) {
      LOG.warn("Refused: {}", why);
    }
    throw JovialException.forbidden(why);
  }

  /** Ports that are usual for a scheme need not be named. */
  static boolean isSameHost(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    if (host == null || scheme < 0) {
      return false;
    }
    String lower = origin.substring(0, scheme).toLowerCase(Locale.ROOT);
    int usual = lower.equals("https") ? HTTPS_PORT : lower.equals("http") ? HTTP_PORT : -1;
    return usual > 0 && withPort(origin.substring(scheme + 3), usual).equals(withPort(host, usual));
  }

  private static String withPort(String host, int usual) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.matches(".*:[0-9]+") ? lower : lower + ":" + usual;
  }

  private static String plain(@Nullable String header) {
    return header == null ? "nothing" : header.replaceAll("[^A-Za-z0-9.:/\\[\\]_-]", "?");
  }
}
