package chat.jovial.bench.chaos.proxy;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One way through the proxy: a port of its own that leads to one address. What is changed on any
 * thread takes effect for all its connections at once.
 */
public final class Route {
  private final InetSocketAddress target;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile Flow flow = Flow.OPEN;
  private volatile long delayMillis;
  private volatile int port;
  private volatile long lastOpenedNanos;

  Route(InetSocketAddress target) {
    this.target = target;
  }

  void listens(Channel channel) {
    port = ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Where it listens, on the loopback address. */
  public int port() {
    return port;
  }

  InetSocketAddress target() {
    return target;
  }

  Flow flow() {
    return flow;
  }

  long delayMillis() {
    return delayMillis;
  }

  /** Whether a connection goes this way now. */
  public boolean isUsed() {
    return links.stream().anyMatch(Link::isWhole);
  }

  /** When the newest connection was made; 0 if there was none. */
  public long lastOpenedNanos() {
    return lastOpenedNanos;
  }

  public void set(Flow next) {
    set(next, 0);
  }

  /**
   * @param millis how much later things arrive, for {@link Flow#SLOW}
   */
  public void set(Flow next, long millis) {
    delayMillis = millis;
    flow = next;
    links.forEach(Link::follow);
  }

  void add(Link link) {
    lastOpenedNanos = System.nanoTime();
    links.add(link);
  }

  void remove(Link link) {
    links.remove(link);
  }
}
