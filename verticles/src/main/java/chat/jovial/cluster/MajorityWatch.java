package chat.jovial.cluster;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Detector of a minority partition: of the nodes that own conversations, this one has for a while
 * reached fewer than half. Which nodes own any is known from the store, for a lease that is renewed
 * has a living holder; which are reached, from the membership of the bus. One of the two alone is
 * no evidence: a node that died is no member, and its lease soon stops being renewed; a store that
 * is unavailable says nothing new, and the members are still there.
 *
 * <p>All nodes come to the same verdict about who is to go on. Of two equal halves it is the one
 * with the smallest name. Of many pieces none has a majority: the node with the smallest name waits
 * twice as long as the others, and finds that they have given up their leases by then.
 *
 * <p>Confined to the event loop of {@link ShardTable}.
 */
final class MajorityWatch {
  private final String here;
  private final Predicate<String> isMember;
  private final Duration limit;
  private final LeaseWatch leases;
  private final LongSupplier monotonicNanos;
  private NavigableSet<String> living = new TreeSet<>();
  private boolean outnumbered;
  private long outnumberedSinceNanos;
  private boolean cutOff;

  /**
   * @param isMember whether this node and that one are connected by the bus
   */
  MajorityWatch(
      ClusterConfig config, String here, Predicate<String> isMember, LongSupplier monotonicNanos) {
    Duration lease = config.lease().plus(config.drift());
    this.here = here;
    this.isMember = isMember;
    // Who died owns nothing after one such time; the second one is for a slow store and a slow bus.
    this.limit = lease.multipliedBy(2);
    this.leases = new LeaseWatch(lease, monotonicNanos);
    this.monotonicNanos = monotonicNanos;
  }

  /** The table was read: those whose lease has not stood still for its time are there. */
  void handleRing(Ring ring) {
    leases.retain(ring.living().keySet());
    living =
        ring.living().values().stream()
            .filter(row -> !leases.isOver(row))
            .map(LeaseStore.LeaseRow::node)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Evaluates again, whether or not the table could be read. */
  boolean isCutOff() {
    if (reachesMost()) {
      outnumbered = false;
      cutOff = false;
      return false;
    }
    long now = monotonicNanos.getAsLong();
    if (!outnumbered) {
      outnumbered = true;
      outnumberedSinceNanos = now;
    }
    Duration patience = living.first().equals(here) ? limit.multipliedBy(2) : limit;
    cutOff |= now - outnumberedSinceNanos >= patience.toNanos();
    return cutOff;
  }

  private boolean reachesMost() {
    long reached = living.stream().filter(this::isReached).count();
    return 2 * reached > living.size()
        || 2 * reached == living.size() && (living.isEmpty() || isReached(living.first()));
  }

  private boolean isReached(String node) {
    return node.equals(here) || isMember.test(node);
  }
}
