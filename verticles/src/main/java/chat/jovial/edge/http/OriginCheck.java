package chat.jovial.edge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may connect. Browsers send {@code Origin} with every WebSocket and do not apply
 * the same-origin policy to it; native clients send none.
 */
public final class OriginCheck {
  private final Set<String> allowed;

  public OriginCheck(Collection<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  public boolean accepts(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null
        || allowed.contains(origin)
        || isSameHost(origin, request.getHeader(HttpHeaders.HOST));
  }

  private static boolean isSameHost(String origin, @Nullable String host) {
    return host != null
        && (origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }
}
