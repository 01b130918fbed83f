package chat.jovial.cluster;

import java.time.Duration;

/**
 * How long ownership outlives its owner.
 *
 * @param lease an owner is one for so long after the start of its last successful renewal
 * @param drift by how much two machines' clocks may disagree about the length of a lease
 */
public record ClusterConfig(Duration lease, Duration drift) {

  Duration renewalPeriod() {
    return lease.dividedBy(3);
  }
}
