package chat.jovial.model.lease;

import static chat.jovial.model.lease.LeaseState.ALIVE;
import static chat.jovial.model.lease.LeaseState.BEGINNING;
import static chat.jovial.model.lease.LeaseState.CLAIMING;
import static chat.jovial.model.lease.LeaseState.FREEING;
import static chat.jovial.model.lease.LeaseState.HAS_BOTH;
import static chat.jovial.model.lease.LeaseState.HAS_FIRST;
import static chat.jovial.model.lease.LeaseState.IDLE;
import static chat.jovial.model.lease.LeaseState.LOOKING;
import static chat.jovial.model.lease.LeaseState.MARKING;

import chat.jovial.model.explore.Steps;
import java.util.Set;

/** Claim and release of the shard by a node, one step at a time. */
final class Sharing {
  private final LeaseState at;
  private final Requests requests;
  private final Set<LeaseRule> without;
  private final LeaseBounds bounds;

  Sharing(LeaseState at, Requests requests, Set<LeaseRule> without) {
    this.at = at;
    this.requests = requests;
    this.without = without;
    this.bounds = at.bounds;
  }

  boolean holds(byte[] s, int n) {
    boolean inTime = at.age.get(s, n) < bounds.lease() || without.contains(LeaseRule.FASTER_CLOCK);
    return at.held.get(s, n) != 0 && inTime;
  }

  void hold(byte[] next, int n, int age) {
    boolean later = at.held.get(next, n) == 0 || age < at.age.get(next, n);
    if (later || without.contains(LeaseRule.LATEST_START)) {
      at.held.set(next, n, 1);
      at.age.set(next, n, age);
    }
  }

  /** A lease of its own for each beginning; when no more are left, the node stays away. */
  void begin(byte[] next, int n) {
    int lease = at.leasesBegun.get(next) + 1;
    if (lease > bounds.leases()) {
      stop(next, n);
      at.up.set(next, n, 0);
      return;
    }
    if (!requests.hasRoom(next)) {
      requests.sort(next);
    }
    if (!requests.hasRoom(next)) {
      return;
    }
    at.leasesBegun.set(next, lease);
    at.leaseNode.set(next, lease, n);
    at.lease.set(next, n, lease);
    at.held.set(next, n, 0);
    at.stage.set(next, n, BEGINNING);
    requests.send(next, Requests.INSERT, n, lease, 1, 0, 0);
  }

  /** What a process forgets when it dies. */
  void stop(byte[] next, int n) {
    at.lease.set(next, n, 0);
    at.held.set(next, n, 0);
    at.age.set(next, n, 0);
    at.claim.set(next, n, 0);
    at.stage.set(next, n, IDLE);
    at.lookAge.set(next, n, 0);
    at.seenVersion.clearRow(next, n);
    at.seenAge.clearRow(next, n);
    forgetShown(next, n);
    requests.forsake(next, n, true);
  }

  void steps(byte[] s, int n, Steps steps) {
    switch (at.stage.get(s, n)) {
      case IDLE:
        if (at.claim.get(s, n) == 0 && at.held.get(s, n) != 0 && wants(n)) {
          byte[] next = s.clone();
          at.stage.set(next, n, LOOKING);
          at.lookAge.set(next, n, 0);
          steps.to(next, () -> "node " + n + " begins to look who owns what");
        } else if (at.claim.get(s, n) != 0) {
          giveBack(s, n, steps);
        }
        break;
      case LOOKING:
        read(s, n, without.contains(LeaseRule.LEASES_AFTER_SHARDS), HAS_FIRST, steps);
        break;
      case HAS_FIRST:
        read(s, n, !without.contains(LeaseRule.LEASES_AFTER_SHARDS), HAS_BOTH, steps);
        break;
      case HAS_BOTH:
        act(s, n, steps);
        break;
      default:
        byte[] next = s.clone();
        at.stage.set(next, n, IDLE);
        requests.forsake(next, n, false);
        steps.to(next, () -> "node " + n + " waits no longer");
        break;
    }
  }

  private boolean wants(int n) {
    return n >= bounds.nodes() - bounds.wanting();
  }

  // ---- Looking

  private void read(byte[] s, int n, boolean leases, int nextStage, Steps steps) {
    byte[] next = s.clone();
    at.stage.set(next, n, nextStage);
    if (leases) {
      for (int l = 1; l <= bounds.leases(); l++) {
        boolean matters = at.leaseState.get(s, l) == ALIVE && l != at.lease.get(s, n);
        at.shownState.set(next, n, l, matters ? ALIVE : 0);
        at.shownVersion.set(next, n, l, matters ? at.leaseVersion.get(s, l) : 0);
      }
    } else {
      at.shownShardLease.set(next, n, at.shardLease.get(s));
      at.shownShardClaim.set(next, n, at.shardClaim.get(s));
    }
    steps.to(next, () -> "node " + n + " reads the " + (leases ? "leases" : "shards"));
  }

  /** Marks what is over; else claims what is free; else is content. */
  private void act(byte[] s, int n, Steps steps) {
    byte[] next = s.clone();
    int over = 0;
    for (int l = 1; l <= bounds.leases(); l++) {
      if (at.shownState.get(s, n, l) == ALIVE && l != at.lease.get(s, n) && isOver(next, n, l)) {
        over = l;
      }
    }
    if (!requests.hasRoom(s)) {
      return;
    }
    int own = at.lease.get(s, n);
    int shardLease = at.shownShardLease.get(s, n);
    int shardClaim = at.shownShardClaim.get(s, n);
    if (over != 0) {
      requests.send(next, Requests.MARK, n, over, at.shownVersion.get(s, n, over), 0, 0);
      at.stage.set(next, n, MARKING);
      forgetShown(next, n);
      int ended = over;
      steps.to(next, () -> "node " + n + " finds that lease " + ended + " is over");
    } else if (!holds(s, n)) {
      leaveAlone(next, n, steps);
    } else if (shardLease == own) {
      requests.send(next, Requests.FREE, n, own, 0, own, shardClaim);
      at.stage.set(next, n, FREEING);
      forgetShown(next, n);
      steps.to(next, () -> "node " + n + " frees what a forgotten claim of its own took");
    } else if (shardLease == 0 || at.shownState.get(s, n, shardLease) != ALIVE) {
      int lowest = without.contains(LeaseRule.NUMBER_ABOVE_LAST) ? 1 : shardClaim + 1;
      for (int number = lowest; number <= Math.min(bounds.claims(), shardClaim + 2); number++) {
        byte[] claiming = next.clone();
        requests.send(claiming, Requests.CLAIM, n, own, number, shardLease, shardClaim);
        at.stage.set(claiming, n, CLAIMING);
        forgetShown(claiming, n);
        int with = number;
        steps.to(claiming, () -> "node " + n + " claims the shard with number " + with);
      }
    } else {
      leaveAlone(next, n, steps);
    }
  }

  private void leaveAlone(byte[] next, int n, Steps steps) {
    byte[] content = next.clone();
    at.stage.set(content, n, IDLE);
    forgetShown(content, n);
    steps.to(content, () -> "node " + n + " leaves it at that");
  }

  private boolean isOver(byte[] next, int n, int l) {
    boolean sameFolder =
        without.contains(LeaseRule.FOLDER_LOCKED) || at.leaseNode.get(next, l) == n;
    if (sameFolder || without.contains(LeaseRule.WATCH_TIME)) {
      return true;
    }
    int version = at.shownVersion.get(next, n, l);
    if (at.seenVersion.get(next, n, l) != version) {
      at.seenVersion.set(next, n, l, version);
      boolean fromQuestion = without.contains(LeaseRule.SEEN_FROM_ANSWER);
      at.seenAge.set(next, n, l, fromQuestion ? at.lookAge.get(next, n) : 0);
      return false;
    }
    int patience = bounds.patience(!without.contains(LeaseRule.WATCH_DRIFT));
    return at.seenAge.get(next, n, l) > patience;
  }

  private void forgetShown(byte[] next, int n) {
    at.shownState.clearRow(next, n);
    at.shownVersion.clearRow(next, n);
    at.shownShardLease.set(next, n, 0);
    at.shownShardClaim.set(next, n, 0);
    at.lookAge.set(next, n, 0);
  }

  // ---- Giving back

  private void giveBack(byte[] s, int n, Steps steps) {
    if (at.handOvers.get(s) == 0 || !requests.hasRoom(s)) {
      return;
    }
    byte[] next = s.clone();
    at.handOvers.set(next, at.handOvers.get(s) - 1);
    int own = at.lease.get(s, n);
    requests.send(next, Requests.FREE, n, own, 0, own, at.claim.get(s, n));
    at.stage.set(next, n, FREEING);
    if (!without.contains(LeaseRule.LOST_BEFORE_FREED)) {
      at.claim.set(next, n, 0);
    }
    steps.to(next, () -> "node " + n + " gives the shard back");
  }

  // ---- Answers

  void answered(byte[] s, byte[] next, int slot, boolean applied) {
    int n = requests.node(s, slot);
    at.stage.set(next, n, IDLE);
    switch (requests.kind(s, slot)) {
      case Requests.INSERT:
        hold(next, n, requests.age(s, slot));
        break;
      case Requests.CLAIM:
        boolean believes = holds(s, n) || without.contains(LeaseRule.LEASE_AFTER_CLAIM);
        if (applied && believes) {
          believe(next, n, requests.number(s, slot));
        }
        break;
      case Requests.FREE:
        at.claim.set(next, n, 0);
        break;
      default:
        at.stage.set(next, n, LOOKING);
        break;
    }
  }

  private void believe(byte[] next, int n, int number) {
    if (number <= at.highestBelieved.get(next)) {
      at.numberTwice.set(next, 1);
    }
    at.highestBelieved.set(next, Math.max(number, at.highestBelieved.get(next)));
    at.claim.set(next, n, number);
  }
}
