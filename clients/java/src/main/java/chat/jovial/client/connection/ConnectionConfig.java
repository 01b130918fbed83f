package chat.jovial.client.connection;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of the connection: where to, and with which timeouts.
 *
 * @param endpoints tried in turn, from a random one on
 * @param tls null for a plain connection
 * @param pingInterval at most as long as the server asks for
 * @param pongTimeout how long nothing may come after a ping until the connection counts as dead
 */
public record ConnectionConfig(
    List<Endpoint> endpoints,
    @Nullable SSLSocketFactory tls,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration pingInterval,
    Duration pongTimeout,
    Duration backoffFirst,
    Duration backoffCap) {
  public ConnectionConfig {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("There is no endpoint: give the HOST:PORT of a server.");
    }
  }
}
