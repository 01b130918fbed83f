package chat.jovial.edge;

import io.netty.channel.Channel;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many channels are open on this node, in all and for each network. Any thread. */
final class ConnectionLimits {
  private final EdgeLimits limits;
  private final EdgeMetrics metrics;
  private final AtomicInteger open = new AtomicInteger();

  /** No larger than the number of open channels, which is bounded. */
  private final ConcurrentMap<String, Integer> openByNetwork = new ConcurrentHashMap<>();

  ConnectionLimits(EdgeLimits limits, EdgeMetrics metrics) {
    this.limits = limits;
    this.metrics = metrics;
    metrics.gaugeConnections(open);
  }

  /** Counts a channel until it closes; false if it is one too many, then it is closed. */
  boolean accept(Channel channel, String remoteAddress) {
    String network = RemoteAddress.network(remoteAddress);
    int all = open.incrementAndGet();
    int ofNetwork = openByNetwork.merge(network, 1, Integer::sum);
    var unused = channel.closeFuture().addListener(closed -> release(network));
    if (all <= limits.maxConnections() && ofNetwork <= limits.maxConnectionsPerAddress()) {
      return true;
    }
    metrics.connectionRefused();
    NettyOutbound.destroy(channel);
    return false;
  }

  int open() {
    return open.get();
  }

  private void release(String network) {
    open.decrementAndGet();
    openByNetwork.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
  }
}
