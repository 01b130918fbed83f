package chat.jovial.edge.limits;

import chat.jovial.edge.network.Channels;
import chat.jovial.edge.network.RemoteAddress;
import chat.jovial.edge.network.TrustedProxies;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Limit on the open channels of this node, in all and for each network. Any thread. */
public final class ConnectionLimits {
  private final EdgeLimits limits;
  private final TrustedProxies proxies;
  private final Counter refused;
  private final AtomicInteger open = new AtomicInteger();

  /** No larger than the number of open channels, which is bounded. */
  private final ConcurrentMap<String, Integer> openByNetwork = new ConcurrentHashMap<>();

  public ConnectionLimits(EdgeLimits limits, TrustedProxies proxies, MeterRegistry registry) {
    this.proxies = proxies;
    this.limits = limits;
    this.refused = registry.counter("jovial.edge.connections.refused");
    registry.gauge("jovial.edge.connections", open);
  }

  /**
   * Counts a channel until it closes; false if it is one too many, then it is closed. The clients
   * of a proxy are counted by {@link #acceptClient}.
   */
  public boolean accept(Channel channel, String remoteAddress) {
    boolean fits = open.incrementAndGet() <= limits.maxConnections();
    var unused = channel.closeFuture().addListener(closed -> open.decrementAndGet());
    if (!fits) {
      return refuse(channel);
    }
    return proxies.contains(remoteAddress) || acceptClient(channel, remoteAddress);
  }

  /** Counts a channel for its client's network; false if that has one too many. */
  public boolean acceptClient(Channel channel, String client) {
    if (proxies.contains(client)) {
      return true;
    }
    String network = RemoteAddress.network(client);
    int ofNetwork = openByNetwork.merge(network, 1, Integer::sum);
    var unused = channel.closeFuture().addListener(closed -> release(network));
    return ofNetwork <= limits.maxConnectionsPerAddress() || refuse(channel);
  }

  private boolean refuse(Channel channel) {
    refused.increment();
    Channels.destroy(channel);
    return false;
  }

  public int open() {
    return open.get();
  }

  private void release(String network) {
    openByNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
  }
}
