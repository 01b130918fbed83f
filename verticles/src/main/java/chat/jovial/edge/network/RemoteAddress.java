package chat.jovial.edge.network;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Network addresses of peers, as limits count them. */
public final class RemoteAddress {
  private static final int IPV6_NETWORK_BYTES = 8;

  private RemoteAddress() {}

  public static String of(@Nullable SocketAddress address) {
    String host = address == null ? null : address.hostAddress();
    return host == null ? "unknown" : host;
  }

  /** The address itself, or the /64 network of an IPv6 one: a household has all of those. */
  public static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length <= IPV6_NETWORK_BYTES) {
      return address;
    }
    StringBuilder network = new StringBuilder(2 * IPV6_NETWORK_BYTES);
    for (int i = 0; i < IPV6_NETWORK_BYTES; i++) {
      network.append(String.format("%02x", bytes[i]));
    }
    return network.toString();
  }
}
