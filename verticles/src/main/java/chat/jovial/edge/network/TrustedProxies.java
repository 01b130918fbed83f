package chat.jovial.edge.network;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Set of the proxies that are believed when they say for whom they speak: by {@code Forwarded} (RFC
 * 7239), {@code X-Forwarded-For} and {@code X-Forwarded-Host}, or the PROXY protocol. Nobody else
 * is believed. Any thread.
 */
public final class TrustedProxies {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_HOST = "X-Forwarded-Host";
  private static final String FORWARDED = "Forwarded";
  private static final Pattern FOR = parameter("for");
  private static final Pattern HOST = parameter("host");

  /** A header is at most so long, and a chain of proxies at most so many. */
  private static final int MAX_HOPS = 32;

  private final List<IpSubnetFilterRule> networks;

  /**
   * @param networks addresses such as 10.0.0.7, or networks such as 10.0.0.0/8
   */
  public TrustedProxies(List<String> networks) {
    this.networks = networks.stream().map(TrustedProxies::rule).toList();
  }

  private static IpSubnetFilterRule rule(String network) {
    int slash = network.indexOf('/');
    String address = slash < 0 ? network : network.substring(0, slash);
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      throw new IllegalArgumentException(
          "edge.trusted_proxies: " + network + " is no IP address or network");
    }
    int bits = slash < 0 ? bytes.length * 8 : Integer.parseInt(network.substring(slash + 1));
    return new IpSubnetFilterRule(inetAddress(bytes), bits, IpFilterRuleType.ACCEPT);
  }

  private static InetAddress inetAddress(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public boolean contains(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return false;
    }
    InetSocketAddress peer = new InetSocketAddress(inetAddress(bytes), 0);
    return networks.stream().anyMatch(network -> network.matches(peer));
  }

  /** The address of the client of a request: of the last one in the chain that is no proxy. */
  public String clientOf(HttpServerRequest request) {
    String peer = RemoteAddress.of(request.remoteAddress());
    if (!contains(peer)) {
      return peer;
    }
    List<String> hops = hops(request);
    String client = peer;
    for (int i = hops.size() - 1; i >= 0 && contains(client); i--) {
      if (NetUtil.createByteArrayFromIpAddressString(hops.get(i)) == null) {
        return client;
      }
      client = hops.get(i);
    }
    return client;
  }

  /**
   * The host that a client asked a proxy for; null if none that is believed says so. A proxy shows
   * that it is one by saying also for whom.
   */
  public @Nullable String hostOf(HttpServerRequest request) {
    if (!contains(RemoteAddress.of(request.remoteAddress())) || hops(request).isEmpty()) {
      return null;
    }
    String forwarded = request.getHeader(FORWARDED);
    if (forwarded != null) {
      Matcher host = HOST.matcher(forwarded);
      if (host.find()) {
        return host.group(1);
      }
    }
    String hosts = request.getHeader(FORWARDED_HOST);
    return hosts == null ? null : hosts.split(",", 2)[0].strip();
  }

  private static List<String> hops(HttpServerRequest request) {
    List<String> hops = new ArrayList<>();
    for (String header : request.headers().getAll(FORWARDED_FOR)) {
      for (String hop : header.split(",", MAX_HOPS)) {
        hops.add(withoutPort(hop.strip()));
      }
    }
    if (hops.isEmpty()) {
      for (String header : request.headers().getAll(FORWARDED)) {
        Matcher hop = FOR.matcher(header);
        while (hop.find() && hops.size() < MAX_HOPS) {
          hops.add(withoutPort(hop.group(1)));
        }
      }
    }
    return hops;
  }

  /** Of {@code [2001:db8::1]:4711}, {@code 192.0.2.1:4711}, or an address alone. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  private static Pattern parameter(String name) {
    return Pattern.compile("(?:^|[;,])\\s*" + name + "=\"?([^\";,]+)\"?", Pattern.CASE_INSENSITIVE);
  }
}
