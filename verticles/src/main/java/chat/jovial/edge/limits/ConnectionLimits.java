package chat.jovial.edge.limits;

import chat.jovial.edge.network.Channels;
import chat.jovial.edge.network.RemoteAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Limit on the open channels of this node, in all and for each network. Any thread. */
public final class ConnectionLimits {
  private final EdgeLimits limits;
  private final Counter refused;
  private final AtomicInteger open = new AtomicInteger();

  /** No larger than the number of open channels, which is bounded. */
  private final ConcurrentMap<String, Integer> openByNetwork = new ConcurrentHashMap<>();

  public ConnectionLimits(EdgeLimits limits, MeterRegistry registry) {
    this.limits = limits;
    this.refused = registry.counter("jovial.edge.connections.refused");
    registry.gauge("jovial.edge.connections", open);
  }

  /** Counts a channel until it closes; false if it is one too many, then it is closed. */
  public boolean accept(Channel channel, String remoteAddress) {
    String network = RemoteAddress.network(remoteAddress);
    int all = open.incrementAndGet();
    int ofNetwork = openByNetwork.merge(network, 1, Integer::sum);
    var unused = channel.closeFuture().addListener(closed -> release(network));
    if (all <= limits.maxConnections() && ofNetwork <= limits.maxConnectionsPerAddress()) {
      return true;
    }
    refused.increment();
    Channels.destroy(channel);
    return false;
  }

  public int open() {
    return open.get();
  }

  private void release(String network) {
    open.decrementAndGet();
    openByNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
  }
}
