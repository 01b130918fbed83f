package chat.jovial.model.log;

import static chat.jovial.model.log.LogState.ACTIVE;
import static chat.jovial.model.log.LogState.INDEX;
import static chat.jovial.model.log.LogState.NEWEST;
import static chat.jovial.model.log.LogState.SETTLING;
import static chat.jovial.model.log.LogState.SETTLING_NEXT_BUCKET;

import chat.jovial.model.explore.Steps;
import java.util.Set;

/** Recovery of the end of the log by a new owner: {@code chat.jovial.mds.log.LogRecovery}. */
final class Recovery {
  private final LogState at;
  private final Mutations mutations;
  private final Removals removals;
  private final Set<LogRule> without;
  private final LogBounds bounds;

  Recovery(LogState at, Mutations mutations, Removals removals, Set<LogRule> without) {
    this.at = at;
    this.mutations = mutations;
    this.removals = removals;
    this.without = without;
    this.bounds = at.bounds;
  }

  /** An actor begins with nothing in memory. */
  void begin(byte[] s, int epoch) {
    leaveGroup(s);
    at.epoch.set(s, epoch);
    at.phase.set(s, bounds.hasIndex() ? INDEX : NEWEST);
    at.tail.set(s, 0);
    at.openBucket.set(s, bounds.hasIndex() ? 0 : 1);
    forgetFound(s);
    clearSnapshot(s);
    at.queue.clear(s);
    at.inFlight.clear(s);
    at.remembered.clear(s);
    at.memoryFrom.set(s, 0);
    at.lookedUp.set(s, 0);
    at.lookedUpBucket.set(s, 0);
    at.lookedUpNumber.set(s, 0);
    at.redaction.set(s, 0);
    at.editChecked.set(s, 0);
    mutations.stopWaiting(s, Mutations.THE_LOG);
    mutations.stopWaiting(s, Mutations.THE_REDACTION);
  }

  /** What the one before has begun to prepare it goes on with, for it looks at no lease before. */
  private void leaveGroup(byte[] s) {
    int phase = at.phase.get(s);
    boolean marks = phase == ACTIVE && at.redaction.get(s) == LogState.MARKS_DONE;
    if (bounds.formers() && (phase == LogState.PREPARING || marks)) {
      mutations.stopWaiting(s, Mutations.A_FORMER_OWNER);
      at.formerGroup.clear(s);
      at.formerGroupTail.set(s, at.tail.get(s));
      at.formerGroupEpoch.set(s, at.epoch.get(s));
      if (marks) {
        at.formerGroup.set(s, 0, bounds.messages());
      } else {
        for (int i = 0; i < bounds.group(); i++) {
          at.formerGroup.set(s, i, at.inFlight.get(s, i));
        }
      }
      mutations.handOver(
          s, marks ? Mutations.THE_REDACTION : Mutations.THE_LOG, Mutations.A_FORMER_OWNER);
    }
  }

  void steps(byte[] s, Steps steps) {
    if (at.phase.get(s) == LogState.MARKING_KEPT) {
      markKept(s, steps);
      return;
    }
    int phase = at.phase.get(s);
    boolean writes = phase == SETTLING || phase == SETTLING_NEXT_BUCKET;
    if (writes && mutations.isAcknowledged(s, Mutations.THE_LOG)) {
      acknowledged(s, steps);
    }
  }

  void clearSnapshot(byte[] s) {
    at.readFirst.clear(s);
    if (bounds.torn()) {
      at.snapTime.clear(s);
      at.snapMessage.clear(s);
      at.snapBase.clear(s);
      at.snapFence.clear(s);
    }
  }

  // ---- Writing

  /** Writes what was found, without bodies or with these. */
  void write(byte[] next) {
    write(next, new int[bounds.numbers() + 1]);
  }

  void write(byte[] next, int[] texts) {
    int base = at.foundBase.get(next);
    int tail = base;
    if (without.contains(LogRule.TAIL_BEFORE_GAP)) {
      for (int q = base + 1; q <= bounds.numbers(); q++) {
        tail = at.found.get(next, q) != 0 ? q : tail;
      }
    } else {
      while (tail < bounds.numbers() && at.found.get(next, tail + 1) != 0) {
        tail++;
      }
    }
    at.tail.set(next, tail);
    at.memoryFrom.set(next, base);
    int epoch = at.epoch.get(next);
    if (at.foundTime.get(next) == epoch) {
      activate(next);
      return;
    }
    int bucket = tail == 0 ? 1 : bounds.bucketOf(tail);
    int slot = mutations.sendRows(next, Mutations.THE_LOG, base + 1, base, epoch);
    boolean fences = !without.contains(LogRule.FENCE);
    boolean room = tail < bounds.lastOf(bucket);
    mutations.addFence(next, slot, fences && room ? tail + 1 : 0, epoch - 1);
    if (!without.contains(LogRule.REWRITE)) {
      for (int q = base + 1; q <= tail; q++) {
        mutations.addEntry(next, slot, at.found.get(next, q), keptText(next, q, texts[q]));
      }
    }
    at.phase.set(next, SETTLING);
  }

  /** The body as it is written again. */
  private int keptText(byte[] s, int q, int text) {
    boolean expires =
        at.found.get(s, q) != 0 && bounds.kind(at.found.get(s, q)) == LogBounds.EXPIRING;
    boolean forever =
        expires && text == at.found.get(s, q) && without.contains(LogRule.TIME_LEFT_KEPT);
    return forever ? text + LogState.FOREVER : text;
  }

  private void acknowledged(byte[] s, Steps steps) {
    byte[] next = s.clone();
    mutations.stopWaiting(next, Mutations.THE_LOG);
    int tail = at.tail.get(s);
    int bucket = tail == 0 ? 1 : bounds.bucketOf(tail);
    boolean boundary =
        bounds.hasIndex()
            && bucket < bounds.buckets()
            && (tail == bounds.lastOf(bucket) || at.openBucket.get(s) > bucket);
    if (at.phase.get(s) == SETTLING
        && boundary
        && !without.contains(LogRule.FENCE)
        && !without.contains(LogRule.FENCE_BOTH_BUCKETS)) {
      int slot =
          mutations.sendRows(
              next, Mutations.THE_LOG, bounds.firstOf(bucket + 1), tail, at.epoch.get(s));
      mutations.addFence(next, slot, bounds.firstOf(bucket + 1), at.epoch.get(s) - 1);
      at.phase.set(next, SETTLING_NEXT_BUCKET);
      steps.to(next, () -> owner(s) + " has settled; fences the next bucket");
      return;
    }
    if (keepsRedaction(s) && !without.contains(LogRule.KEPT_MARKED_AGAIN)) {
      at.phase.set(next, LogState.MARKING_KEPT);
      steps.to(next, () -> owner(s) + " has settled and has kept a redaction");
      return;
    }
    activate(next);
    steps.to(next, () -> owner(s) + " has settled, its tail is " + tail);
  }

  private boolean keepsRedaction(byte[] s) {
    for (int q = at.foundBase.get(s) + 1; q <= at.tail.get(s); q++) {
      int message = at.found.get(s, q);
      if (message != 0 && bounds.kind(message) == LogBounds.REDACTION) {
        return true;
      }
    }
    return false;
  }

  /**
   * The marks of a redaction that is kept are older than what an owner in between may have sent.
   */
  private void markKept(byte[] s, Steps steps) {
    if (at.redaction.get(s) == 0) {
      Replicas.eachPair((i, j) -> removals.markKept(s, i, j, steps));
    } else if (mutations.isAcknowledged(s, Mutations.THE_LOG)) {
      byte[] next = s.clone();
      mutations.stopWaiting(next, Mutations.THE_LOG);
      at.redaction.set(next, 0);
      activate(next);
      steps.to(next, () -> owner(s) + " has marked again; its tail is " + at.tail.get(s));
    }
  }

  /** What it has kept is acknowledged from now on. */
  private void activate(byte[] next) {
    int tail = at.tail.get(next);
    if (tail < at.end(next)) {
      at.fail(next, LogState.END_WENT_BACK);
    }
    for (int q = at.foundBase.get(next) + 1; q <= tail; q++) {
      int message = at.found.get(next, q);
      if (message != 0) {
        acknowledge(next, q, message);
      }
    }
    forgetFound(next);
    at.phase.set(next, ACTIVE);
  }

  /** A number has got its content for good. */
  void acknowledge(byte[] next, int q, int message) {
    int before = at.content.get(next, q);
    if (before != 0 && before != message) {
      at.fail(next, LogState.NUMBER_CHANGED);
    }
    int elsewhere = at.numberOf(next, message);
    if (elsewhere != 0 && elsewhere != q) {
      at.fail(next, LogState.STORED_TWICE);
    }
    at.content.set(next, q, message);
    at.remembered.set(next, message, 1);
  }

  private void forgetFound(byte[] s) {
    at.found.clear(s);
    at.foundBase.set(s, 0);
    at.foundTime.set(s, 0);
  }

  String owner(byte[] s) {
    return "owner " + at.owner.get(s) + " (T=" + at.epoch.get(s) + ")";
  }
}
