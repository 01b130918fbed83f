package chat.jovial.model.lease;

import static chat.jovial.model.lease.LeaseState.ALIVE;
import static chat.jovial.model.lease.LeaseState.IDLE;

import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Steps;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ownership of one shard: {@code chat.jovial.cluster.OwnershipVerticle} with its {@code
 * LeaseClock}, {@code LeaseWatch} and {@code LeaseStore}. Clocks tick at any time, none far ahead
 * of another; of a node's two clocks only the one that runs is modelled, for the other can only end
 * a lease sooner.
 */
final class LeaseModel implements Model {
  private final LeaseBounds bounds;
  private final LeaseState at;
  private final Requests requests;
  private final Sharing sharing;
  private final Set<LeaseRule> without;

  LeaseModel(LeaseBounds bounds, Set<LeaseRule> without) {
    this.bounds = bounds;
    this.without = without;
    this.at = new LeaseState(bounds);
    this.requests = new Requests(at, without);
    this.sharing = new Sharing(at, requests, without);
  }

  @Override
  public byte[] start() {
    return at.start();
  }

  @Override
  public void steps(byte[] s, Steps steps) {
    for (int slot = 0; slot < requests.slots(); slot++) {
      if (requests.kind(s, slot) != 0) {
        travel(s, slot, steps);
      }
    }
    for (int n = 0; n < bounds.nodes(); n++) {
      tick(s, n, steps);
      if (at.up.get(s, n) != 0) {
        renew(s, n, steps);
        sharing.steps(s, n, steps);
        crash(s, n, steps);
      } else {
        startAgain(s, n, steps);
      }
    }
  }

  private void travel(byte[] s, int slot, Steps steps) {
    int outcome = requests.outcome(s, slot);
    if (outcome == 0) {
      byte[] next = s.clone();
      requests.takeEffect(next, slot);
      steps.to(
          next,
          () ->
              requests.show(s, slot)
                  + (requests.outcome(next, slot) == Requests.APPLIED
                      ? " is applied"
                      : " is refused by the store"));
      byte[] lost = s.clone();
      requests.remove(lost, slot);
      steps.to(lost, () -> requests.show(s, slot) + " is lost");
      return;
    }
    byte[] next = s.clone();
    requests.remove(next, slot);
    if (!requests.isWaitedFor(s, slot)) {
      steps.to(next, () -> "nobody waits for the answer to " + requests.show(s, slot));
      return;
    }
    int node = requests.node(s, slot);
    boolean applied = outcome == Requests.APPLIED;
    if (requests.kind(s, slot) == Requests.RENEW) {
      renewed(next, node, requests.lease(s, slot), applied, requests.age(s, slot));
    } else {
      sharing.answered(s, next, slot, applied);
    }
    steps.to(
        next,
        () ->
            "node "
                + node
                + " learns: "
                + requests.show(s, slot)
                + (applied ? " applied" : " refused"));
  }

  // ---- The lease

  private void renew(byte[] s, int n, Steps steps) {
    boolean begun = at.lease.get(s, n) != 0 && at.stage.get(s, n) != LeaseState.BEGINNING;
    if (begun && requests.renewals(s, n) < bounds.renewals() && requests.hasRoom(s)) {
      byte[] next = s.clone();
      int version =
          without.contains(LeaseRule.NEW_VERSION) ? 1 : LeaseNames.unusedVersion(at, requests, s);
      requests.send(next, Requests.RENEW, n, at.lease.get(s, n), version, 0, 0);
      steps.to(next, () -> "node " + n + " sends a renewal");
    }
  }

  private void renewed(byte[] next, int n, int lease, boolean alive, int age) {
    if (lease != at.lease.get(next, n)) {
      return;
    }
    if (alive) {
      sharing.hold(next, n, without.contains(LeaseRule.FROM_START) ? 0 : age);
    } else {
      at.held.set(next, n, 0);
      at.claim.set(next, n, 0);
      if (at.stage.get(next, n) == IDLE) {
        sharing.begin(next, n);
      }
    }
  }

  // ---- Clocks and processes

  private void tick(byte[] s, int n, Steps steps) {
    int lead = at.lead.get(s, n) + 1;
    if (lead > bounds.lead()) {
      return;
    }
    byte[] next = s.clone();
    at.lead.set(next, n, lead);
    int most = bounds.patience(true) + 1;
    if (at.held.get(s, n) != 0) {
      at.older(next, at.age, 0, n, bounds.lease());
    }
    if (without.contains(LeaseRule.SEEN_FROM_ANSWER)) {
      at.older(next, at.lookAge, 0, n, most);
    }
    for (int l = 1; l <= bounds.leases(); l++) {
      if (at.seenVersion.get(s, n, l) != 0) {
        at.older(next, at.seenAge, n, l, most);
      }
    }
    requests.tick(next, n);
    boolean all = true;
    for (int m = 0; m < bounds.nodes(); m++) {
      all &= at.lead.get(next, m) > 0;
    }
    for (int m = 0; m < bounds.nodes() && all; m++) {
      at.lead.set(next, m, at.lead.get(next, m) - 1);
    }
    steps.to(next, () -> "the clock of node " + n + " ticks");
  }

  private void crash(byte[] s, int n, Steps steps) {
    if (at.crashes.get(s) > 0) {
      byte[] next = s.clone();
      at.crashes.set(next, at.crashes.get(s) - 1);
      sharing.stop(next, n);
      at.up.set(next, n, 0);
      steps.to(next, () -> "the process of node " + n + " dies");
    }
  }

  private void startAgain(byte[] s, int n, Steps steps) {
    if (at.leasesBegun.get(s) < bounds.leases() && requests.hasRoom(s)) {
      byte[] next = s.clone();
      at.up.set(next, n, 1);
      sharing.begin(next, n);
      steps.to(next, () -> "node " + n + " starts again, with its data folder");
    }
  }

  // ---- Questions

  @Override
  public byte[] canonical(byte[] s) {
    if (!without.contains(LeaseRule.RENEWED_IF_ALIVE)) {
      forgetTheDead(s);
    }
    LeaseNames.tidy(at, requests, s);
    return s;
  }

  /** A lease that has ended stays so: its versions do not matter any more. */
  private void forgetTheDead(byte[] s) {
    for (int n = 0; n < bounds.nodes(); n++) {
      if (at.held.get(s, n) == 0) {
        at.age.set(s, n, 0);
      }
    }
    for (int l = 1; l <= bounds.leases(); l++) {
      if (at.leaseState.get(s, l) != LeaseState.DEAD) {
        continue;
      }
      at.leaseVersion.set(s, l, 0);
      for (int n = 0; n < bounds.nodes(); n++) {
        at.seenVersion.set(s, n, l, 0);
        at.seenAge.set(s, n, l, 0);
      }
      for (int slot = 0; slot < requests.slots(); slot++) {
        int kind = requests.kind(s, slot);
        if (requests.lease(s, slot) == l && (kind == Requests.RENEW || kind == Requests.MARK)) {
          requests.setNumber(s, slot, 0);
        }
      }
    }
  }

  @Override
  public @Nullable String violation(byte[] s) {
    if (at.numberTwice.get(s) != 0) {
      return "a claim is believed whose number is not above all before: two owners, one timestamp";
    }
    for (int n = 0; n < bounds.nodes(); n++) {
      int claim = at.claim.get(s, n);
      if (claim != 0 && isOwner(s, n) && claim < at.highestBelieved.get(s)) {
        return "node "
            + n
            + " is owner by claim "
            + claim
            + " although another has been one by "
            + at.highestBelieved.get(s);
      }
    }
    return null;
  }

  private boolean isOwner(byte[] s, int n) {
    boolean anyway = without.contains(LeaseRule.TOLD_UNDER_LEASE);
    return anyway || sharing.holds(s, n);
  }

  @Override
  public boolean isGoal(byte[] s) {
    return at.highestBelieved.get(s) > 1;
  }

  @Override
  public String show(byte[] s) {
    StringBuilder text = new StringBuilder();
    text.append("shard: lease ").append(at.shardLease.get(s));
    text.append(" claim ").append(at.shardClaim.get(s)).append('\n');
    for (int n = 0; n < bounds.nodes(); n++) {
      int lease = at.lease.get(s, n);
      text.append("node ").append(n).append(": lease ").append(lease);
      text.append(at.leaseState.get(s, lease) == ALIVE ? " (alive)" : " (not alive)");
      text.append(sharing.holds(s, n) ? " holds by its clock" : " does not hold");
      text.append(", claim ").append(at.claim.get(s, n)).append('\n');
    }
    return text.toString();
  }
}
