package chat.jovial.cluster;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges whether this node is cut off: whether of the nodes that own conversations it has for long
 * reached fewer than half. Who owns is known from the store, for a lease that moves has a living
 * holder; who is reached, from the membership of the bus. What only one of the two says is no
 * evidence: a node that died is no member, and its lease stands still soon; a store that is away
 * says nothing new, and the members are still there.
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
  void handleLook(Ring ring) {
    leases.retain(ring.living().keySet());
    living =
        ring.living().values().stream()
            .filter(row -> !leases.isOver(row))
            .map(LeaseStore.LeaseRow::node)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Judges anew, whether or not the table could be read. */
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
