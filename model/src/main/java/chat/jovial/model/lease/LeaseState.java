package chat.jovial.model.lease;

import chat.jovial.model.explore.Field;
import chat.jovial.model.explore.Layout;

/** State of ownership. Leases count from 1, nodes from 0; 0 is no lease. */
final class LeaseState {
  /** States of a lease's row. */
  static final int ALIVE = 1;

  static final int DEAD = 2;

  /** What a node is doing about the shard: one thing at a time. */
  static final int IDLE = 0;

  static final int LOOKING = 1;
  static final int HAS_FIRST = 2;
  static final int HAS_BOTH = 3;
  static final int MARKING = 4;
  static final int CLAIMING = 5;
  static final int BEGINNING = 6;
  static final int FREEING = 7;

  final LeaseBounds bounds;
  private final Layout layout = new Layout();

  // The store.
  final Field leaseState;
  final Field leaseVersion;
  final Field leaseNode;
  final Field leasesBegun = layout.number();
  final Field shardLease = layout.number();
  final Field shardClaim = layout.number();

  // Each node.
  final Field up;
  final Field lease;
  final Field held;
  final Field age;
  final Field claim;
  final Field lead;
  final Field stage;
  final Field lookAge;
  final Field seenVersion;
  final Field seenAge;
  final Field shownState;
  final Field shownVersion;
  final Field shownShardLease;
  final Field shownShardClaim;

  final Field request;

  // What is left of the bounds.
  final Field crashes = layout.number();
  final Field handOvers = layout.number();

  // What is only looked at from outside.
  final Field highestBelieved = layout.number();
  final Field numberTwice = layout.number();

  LeaseState(LeaseBounds bounds) {
    this.bounds = bounds;
    int nodes = bounds.nodes();
    int leases = bounds.leases() + 1;
    leaseState = layout.list(leases);
    leaseVersion = layout.list(leases);
    leaseNode = layout.list(leases);
    up = layout.list(nodes);
    lease = layout.list(nodes);
    held = layout.list(nodes);
    age = layout.list(nodes);
    claim = layout.list(nodes);
    lead = layout.list(nodes);
    stage = layout.list(nodes);
    lookAge = layout.list(nodes);
    seenVersion = layout.table(nodes, leases);
    seenAge = layout.table(nodes, leases);
    shownState = layout.table(nodes, leases);
    shownVersion = layout.table(nodes, leases);
    shownShardLease = layout.list(nodes);
    shownShardClaim = layout.list(nodes);
    request = layout.table(bounds.slots(), Requests.WIDTH);
  }

  /** Each node has a lease, the first one the shard too. */
  byte[] start() {
    byte[] s = layout.state();
    for (int n = 0; n < bounds.nodes(); n++) {
      int l = n + 1;
      leaseState.set(s, l, ALIVE);
      leaseVersion.set(s, l, 1);
      leaseNode.set(s, l, n);
      up.set(s, n, 1);
      lease.set(s, n, l);
      held.set(s, n, 1);
    }
    leasesBegun.set(s, bounds.nodes());
    shardLease.set(s, 1);
    shardClaim.set(s, 1);
    claim.set(s, 0, 1);
    highestBelieved.set(s, 1);
    crashes.set(s, bounds.crashes());
    handOvers.set(s, bounds.handOvers());
    return s;
  }

  void older(byte[] s, Field ages, int row, int column, int most) {
    ages.set(s, row, column, Math.min(most, ages.get(s, row, column) + 1));
  }
}
