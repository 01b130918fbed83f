package chat.jovial.cluster;

import chat.jovial.cluster.LeaseStore.LeaseRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Watch over the leases of other processes: one whose version does not change for long enough has
 * expired.
 */
final class LeaseWatch {
  private final Duration patience;
  private final LongSupplier monotonicNanos;
  private final Map<String, Seen> seen = new HashMap<>();

  LeaseWatch(Duration patience, LongSupplier monotonicNanos) {
    this.patience = patience;
    this.monotonicNanos = monotonicNanos;
  }

  private record Seen(long version, long sinceNanos) {}

  /** Whether this version of the lease was first seen longer ago than its owner may rely on it. */
  boolean isOver(LeaseRow row) {
    return nanosLeft(row) < 0;
  }

  /** How long the lease must stand still from now on to be over; negative if it is. */
  long nanosLeft(LeaseRow row) {
    long now = monotonicNanos.getAsLong();
    Seen last = seen.get(row.leaseId());
    if (last == null || last.version() != row.version()) {
      seen.put(row.leaseId(), new Seen(row.version(), now));
      return patience.toNanos();
    }
    return patience.toNanos() - (now - last.sinceNanos());
  }

  /** Forgets the leases that are no more. */
  void retain(Set<String> leaseIds) {
    seen.keySet().retainAll(leaseIds);
  }
}
