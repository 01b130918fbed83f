package chat.jovial.model.log;

import static chat.jovial.model.log.LogState.ACTIVE;
import static chat.jovial.model.log.LogState.CLAIM_STEP;
import static chat.jovial.model.log.LogState.REPLICAS;

import chat.jovial.model.explore.Field;
import chat.jovial.model.explore.Model;
import chat.jovial.model.explore.Steps;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log. An owner that lost its lease goes on with one thing here: it sends the group that it was
 * preparing. Whatever else it would do is looked at under its lease first, or is the same as a
 * mutation that is long under way.
 */
public final class LogModel implements Model {
  private final LogBounds bounds;
  private final LogState at;
  private final Replicas replicas;
  private final Mutations mutations;
  private final Recovery settling;
  private final TailReading tailReading;
  private final Removals removals;
  private final Sends sends;
  private final Reading reading;
  private final LogCheck check;
  private final Set<LogRule> without;

  public LogModel(LogBounds bounds, Set<LogRule> without) {
    this.bounds = bounds;
    this.without = without;
    this.at = new LogState(bounds);
    this.replicas = new Replicas(at, without);
    this.mutations = new Mutations(at, replicas, without);
    this.removals = new Removals(at, replicas, mutations, without);
    this.settling = new Recovery(at, mutations, removals, without);
    this.tailReading = new TailReading(at, replicas, settling, without);
    this.sends = new Sends(at, replicas, mutations, settling, removals, without);
    this.reading = new Reading(at, replicas, without);
    this.check = new LogCheck(at, replicas);
  }

  @Override
  public byte[] start() {
    byte[] s = at.start();
    for (int q = 1; q <= bounds.stored(); q++) {
      for (int r = 0; r < REPLICAS; r++) {
        replicas.putEntry(s, r, q, CLAIM_STEP, q, q - 1);
        replicas.putSend(s, r, q, bounds.bucketOf(q), CLAIM_STEP, q);
        if (bounds.bodies()) {
          replicas.putBody(s, r, q, CLAIM_STEP, q);
        }
        if (bounds.hasIndex()) {
          at.index.set(s, r, bounds.bucketOf(q), 1);
        }
      }
      at.content.set(s, q, q);
      at.told.set(s, q, q);
      at.made.set(s, q, q);
      at.remembered.set(s, q, 1);
      at.tail.set(s, q);
      at.openBucket.set(s, bounds.bucketOf(q));
    }
    return s;
  }

  @Override
  public void steps(byte[] s, Steps steps) {
    for (int slot = 0; slot < mutations.slots(); slot++) {
      for (int r = 0; r < REPLICAS && mutations.isThere(s, slot); r++) {
        if (!mutations.has(s, slot, r)) {
          byte[] next = s.clone();
          mutations.deliver(next, slot, r);
          int which = slot;
          int replica = r;
          steps.to(next, () -> "replica " + replica + " takes: " + mutations.show(s, which));
        }
      }
    }
    changeOwner(s, steps);
    repairOneRow(s, steps);
    expire(s, steps);
    tailReading.steps(s, steps);
    settling.steps(s, steps);
    sends.steps(s, steps);
    sends.sendFormerGroup(s, steps);
    if (bounds.bodies()) {
      removals.steps(s, steps);
    }
    if (without.contains(LogRule.LEASE_AFTER_WRITE)) {
      sends.tellLate(s, steps);
    }
    if (bounds.reads() > 0) {
      reading.steps(s, steps);
    }
  }

  private void changeOwner(byte[] s, Steps steps) {
    if (at.owner.get(s) < bounds.owners()) {
      byte[] next = s.clone();
      int owner = at.owner.get(s) + 1;
      at.owner.set(next, owner);
      // A reader's question may still reach the former owner.
      if (bounds.reads() > 0 && at.phase.get(s) >= ACTIVE) {
        at.formerTail.set(next, at.tail.get(s) + 1);
      }
      boolean grows = !without.contains(LogRule.CLAIM_GROWS);
      settling.begin(next, grows ? owner * CLAIM_STEP : at.epoch.get(s));
      steps.to(next, () -> "the lease ends; owner " + owner + " claims T=" + at.epoch.get(next));
    }
    if (at.losses.get(s) > 0) {
      byte[] next = s.clone();
      at.losses.set(next, at.losses.get(s) - 1);
      boolean grows = !without.contains(LogRule.EPOCH_GROWS);
      settling.begin(next, at.epoch.get(s) + (grows ? 1 : 0));
      steps.to(next, () -> "the actor is lost; the next one has T=" + at.epoch.get(next));
    }
    if (at.evictions.get(s) > 0 && isQuiet(s)) {
      byte[] next = s.clone();
      at.evictions.set(next, at.evictions.get(s) - 1);
      settling.begin(next, at.epoch.get(s));
      steps.to(next, () -> "the quiet log leaves memory and is used again");
    }
  }

  private boolean isQuiet(byte[] s) {
    return at.phase.get(s) == ACTIVE
        && at.size(s, at.queue) == 0
        && at.lookedUp.get(s) == 0
        && at.redaction.get(s) == 0
        && at.editChecked.get(s) == 0;
  }

  private void repairOneRow(byte[] s, Steps steps) {
    if (at.repairs.get(s) == 0) {
      return;
    }
    for (int from = 0; from < REPLICAS; from++) {
      for (int to = 0; to < REPLICAS; to++) {
        for (int q = 1; q <= bounds.numbers() && from != to; q++) {
          byte[] next = s.clone();
          at.repairs.set(next, at.repairs.get(s) - 1);
          if (replicas.copyEntry(next, from, to, q)) {
            String words = "somebody's read copies " + q + " from " + from + " to " + to;
            steps.to(next, () -> words);
          }
        }
      }
    }
  }

  private void expire(byte[] s, Steps steps) {
    if (!bounds.has(LogBounds.EXPIRING)) {
      return;
    }
    for (int r = 0; r < REPLICAS; r++) {
      if (at.expired.get(s, r, 0) == 0) {
        byte[] next = s.clone();
        replicas.expire(next, r);
        int replica = r;
        steps.to(next, () -> "the time of the expiring body has run out on replica " + replica);
      }
    }
  }

  // ---- Symmetry

  /** Replicas are interchangeable: they are put in the order of what they hold. */
  @Override
  public byte[] canonical(byte[] s) {
    mutations.tidy(s);
    int[] order = {0, 1, 2};
    for (int i = 1; i < REPLICAS; i++) {
      for (int j = i; j > 0 && compare(s, order[j - 1], order[j]) < 0; j--) {
        int moved = order[j];
        order[j] = order[j - 1];
        order[j - 1] = moved;
      }
    }
    if (order[0] == 0 && order[1] == 1) {
      return s;
    }
    byte[] renamed = s.clone();
    int[] newName = new int[REPLICAS];
    for (int i = 0; i < REPLICAS; i++) {
      newName[order[i]] = i;
      for (Field field : at.ofReplicas) {
        field.copyRow(s, order[i], renamed, i);
      }
    }
    mutations.rename(renamed, newName);
    mutations.tidy(renamed);
    return renamed;
  }

  private int compare(byte[] s, int one, int other) {
    for (Field field : at.ofReplicas) {
      int difference = field.compareRows(s, one, other);
      if (difference != 0) {
        return difference;
      }
    }
    return mutations.compareReplicas(s, one, other);
  }

  // ---- Questions

  @Override
  public @Nullable String violation(byte[] s) {
    return check.violation(s);
  }

  @Override
  public boolean isGoal(byte[] s) {
    for (int message = 1; message <= bounds.messages(); message++) {
      if (at.told.get(s, message) == 0) {
        return false;
      }
    }
    return at.owner.get(s) == bounds.owners();
  }

  @Override
  public String show(byte[] s) {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < REPLICAS; r++) {
      text.append("replica ").append(r).append(':');
      for (int q = 1; q <= bounds.numbers(); q++) {
        text.append("  ").append(q);
        if (at.entryTime.get(s, r, q) != 0) {
          text.append("=m").append(at.entryMessage.get(s, r, q));
          text.append('@').append(at.entryTime.get(s, r, q));
        }
        if (at.entryFence.get(s, r, q) != 0) {
          text.append(" fence@").append(at.entryFence.get(s, r, q));
        }
        if (bounds.bodies() && at.bodyTime.get(s, r, q) != 0) {
          text.append(" body ").append(at.bodyText.get(s, r, q));
          text.append('@').append(at.bodyTime.get(s, r, q));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}
