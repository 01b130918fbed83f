package chat.jovial.edge.network;

import chat.jovial.limits.Networks;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Network addresses of peers, as limits count them. */
public final class RemoteAddress {
  private RemoteAddress() {}

  public static String of(@Nullable SocketAddress address) {
    String host = address == null ? null : address.hostAddress();
    return host == null ? "unknown" : host;
  }

  /** The address itself, or the /64 network of an IPv6 one: a household has all of those. */
  public static String network(String address) {
    return Networks.of(address);
  }
}
