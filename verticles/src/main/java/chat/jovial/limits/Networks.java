package chat.jovial.limits;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** Networks of peers, as limits count them. */
public final class Networks {
  private static final int IPV6_NETWORK_BYTES = 8;

  private Networks() {}

  /** The address itself, or the /64 network of an IPv6 one: a household has all of those. */
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    return bytes == null || bytes.length <= IPV6_NETWORK_BYTES
        ? address
        : HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES);
  }
}
