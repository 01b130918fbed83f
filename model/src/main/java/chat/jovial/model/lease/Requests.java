package chat.jovial.model.lease;

import java.util.Set;

/**
 * Lightweight transactions under way. Each takes effect at one moment, at any time after it was
 * sent or never; its answer comes at any time after that or never.
 */
final class Requests {
  static final int RENEW = 1;
  static final int MARK = 2;
  static final int CLAIM = 3;
  static final int INSERT = 4;
  static final int FREE = 5;

  static final int APPLIED = 1;
  static final int REFUSED = 2;

  private static final int KIND = 0;
  private static final int NODE = 1;
  private static final int LEASE = 2;
  private static final int NUMBER = 3;
  private static final int SEEN_LEASE = 4;
  private static final int SEEN_CLAIM = 5;
  private static final int AGE = 6;
  private static final int OUTCOME = 7;
  private static final int WAITED = 8;
  static final int WIDTH = 9;

  private final LeaseState at;
  private final Set<LeaseRule> without;

  Requests(LeaseState at, Set<LeaseRule> without) {
    this.at = at;
    this.without = without;
  }

  int slots() {
    return at.request.rows();
  }

  int kind(byte[] s, int slot) {
    return at.request.get(s, slot, KIND);
  }

  int node(byte[] s, int slot) {
    return at.request.get(s, slot, NODE);
  }

  int lease(byte[] s, int slot) {
    return at.request.get(s, slot, LEASE);
  }

  int number(byte[] s, int slot) {
    return at.request.get(s, slot, NUMBER);
  }

  int age(byte[] s, int slot) {
    return at.request.get(s, slot, AGE);
  }

  int outcome(byte[] s, int slot) {
    return at.request.get(s, slot, OUTCOME);
  }

  boolean isWaitedFor(byte[] s, int slot) {
    return at.request.get(s, slot, WAITED) != 0;
  }

  boolean hasRoom(byte[] s) {
    return kind(s, slots() - 1) == 0;
  }

  int renewals(byte[] s, int node) {
    int count = 0;
    for (int slot = 0; slot < slots(); slot++) {
      boolean waits = isWaitedFor(s, slot);
      count += kind(s, slot) == RENEW && node(s, slot) == node && waits ? 1 : 0;
    }
    return count;
  }

  /** To be called with room; rows are kept in order with the empty ones last. */
  void send(byte[] s, int kind, int node, int lease, int number, int seenLease, int seenClaim) {
    int slot = slots() - 1;
    at.request.set(s, slot, KIND, kind);
    at.request.set(s, slot, NODE, node);
    at.request.set(s, slot, LEASE, lease);
    at.request.set(s, slot, NUMBER, number);
    at.request.set(s, slot, SEEN_LEASE, seenLease);
    at.request.set(s, slot, SEEN_CLAIM, seenClaim);
    at.request.set(s, slot, WAITED, 1);
  }

  void remove(byte[] s, int slot) {
    at.request.clearRow(s, slot);
  }

  /** The process that waited is gone, or has waited for long enough. */
  void forsake(byte[] s, int node, boolean renewalsToo) {
    for (int slot = 0; slot < slots(); slot++) {
      if (kind(s, slot) != 0 && node(s, slot) == node && (renewalsToo || kind(s, slot) != RENEW)) {
        at.request.set(s, slot, WAITED, 0);
        at.request.set(s, slot, AGE, 0);
      }
    }
  }

  void tick(byte[] s, int node) {
    for (int slot = 0; slot < slots(); slot++) {
      boolean timed = kind(s, slot) == RENEW || kind(s, slot) == INSERT;
      if (timed && node(s, slot) == node && isWaitedFor(s, slot)) {
        at.older(s, at.request, slot, AGE, at.bounds.lease());
      }
    }
  }

  void takeEffect(byte[] s, int slot) {
    at.request.set(s, slot, OUTCOME, apply(s, slot) ? APPLIED : REFUSED);
  }

  private boolean apply(byte[] s, int slot) {
    int lease = lease(s, slot);
    int number = number(s, slot);
    switch (kind(s, slot)) {
      case INSERT:
        at.leaseState.set(s, lease, LeaseState.ALIVE);
        at.leaseVersion.set(s, lease, number);
        return true;
      case RENEW:
        boolean alive = at.leaseState.get(s, lease) == LeaseState.ALIVE;
        if (!alive && !without.contains(LeaseRule.RENEWED_IF_ALIVE)) {
          return false;
        }
        at.leaseState.set(s, lease, LeaseState.ALIVE);
        at.leaseVersion.set(s, lease, number);
        return true;
      case MARK:
        boolean asSeen =
            at.leaseVersion.get(s, lease) == number
                || without.contains(LeaseRule.MARK_NAMES_VERSION);
        if (at.leaseState.get(s, lease) != LeaseState.ALIVE || !asSeen) {
          return false;
        }
        at.leaseState.set(s, lease, LeaseState.DEAD);
        return true;
      case CLAIM:
        if (!shardIsAsSeen(s, slot) && !without.contains(LeaseRule.CLAIM_IF_AS_SEEN)) {
          return false;
        }
        at.shardLease.set(s, lease);
        at.shardClaim.set(s, number);
        return true;
      default:
        return free(s, slot);
    }
  }

  private boolean free(byte[] s, int slot) {
    boolean applies =
        without.contains(LeaseRule.FREED_IF_AS_CLAIMED)
            ? at.shardLease.get(s) == lease(s, slot)
            : shardIsAsSeen(s, slot);
    if (applies) {
      at.shardLease.set(s, 0);
      if (without.contains(LeaseRule.FREED_KEEPS_NUMBER)) {
        at.shardClaim.set(s, 0);
      }
    }
    return applies;
  }

  private boolean shardIsAsSeen(byte[] s, int slot) {
    return at.shardLease.get(s) == at.request.get(s, slot, SEEN_LEASE)
        && at.shardClaim.get(s) == at.request.get(s, slot, SEEN_CLAIM);
  }

  void sort(byte[] s) {
    for (int i = 1; i < slots(); i++) {
      for (int j = i; j > 0 && at.request.compareRows(s, j - 1, j) < 0; j--) {
        for (int column = 0; column < WIDTH; column++) {
          int moved = at.request.get(s, j, column);
          at.request.set(s, j, column, at.request.get(s, j - 1, column));
          at.request.set(s, j - 1, column, moved);
        }
      }
    }
  }

  void setNumber(byte[] s, int slot, int number) {
    at.request.set(s, slot, NUMBER, number);
  }

  String show(byte[] s, int slot) {
    String who = "node " + node(s, slot) + "'s ";
    switch (kind(s, slot)) {
      case RENEW:
        return who + "renewal of lease " + lease(s, slot);
      case MARK:
        return who + "mark on lease " + lease(s, slot);
      case CLAIM:
        return who + "claim with number " + number(s, slot);
      case INSERT:
        return who + "new lease " + lease(s, slot);
      default:
        return who + "freeing of the shard";
    }
  }
}
