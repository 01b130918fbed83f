package chat.jovial.model.log;

import chat.jovial.model.explore.Steps;
import java.util.Set;

/**
 * Edits of the first message and its redaction, as in ADR 4: hints from a target to what changed
 * it, marks on what is removed.
 */
final class Removals {
  private static final int TARGET = 1;

  private final LogState at;
  private final Replicas replicas;
  private final Mutations mutations;
  private final Set<LogRule> without;
  private final LogBounds bounds;

  Removals(LogState at, Replicas replicas, Mutations mutations, Set<LogRule> without) {
    this.at = at;
    this.replicas = replicas;
    this.mutations = mutations;
    this.without = without;
    this.bounds = at.bounds;
  }

  /** Whether it has a target that may be spoken of. */
  boolean mayBeTaken(byte[] s, int message) {
    char kind = bounds.kind(message);
    if (kind != LogBounds.EDIT && kind != LogBounds.REDACTION) {
      return true;
    }
    if (target(s) == 0) {
      return false;
    }
    boolean other = isUnderWay(s, kind == LogBounds.EDIT ? LogBounds.REDACTION : LogBounds.EDIT);
    return (!other || without.contains(LogRule.REDACTION_WAITS))
        && (kind == LogBounds.EDIT ? at.editChecked.get(s) == 0 : at.redaction.get(s) == 0);
  }

  private int target(byte[] s) {
    int number = at.numberOf(s, TARGET);
    for (int q = 1; q <= bounds.numbers() && number == 0; q++) {
      number = at.found.get(s, q) == TARGET ? q : 0;
    }
    if (number == 0 && without.contains(LogRule.TARGET_ACKNOWLEDGED)) {
      for (int i = 0; i < at.size(s, at.inFlight); i++) {
        if (at.inFlight.get(s, i) == TARGET) {
          return at.tail.get(s) + 1 + i;
        }
      }
    }
    return number;
  }

  private boolean isUnderWay(byte[] s, char kind) {
    for (int message = 1; message <= bounds.messages(); message++) {
      if (bounds.kind(message) == kind
          && (at.contains(s, at.queue, message)
              || at.contains(s, at.inFlight, message)
              || at.lookedUp.get(s) == message
              || at.editChecked.get(s) == message
              || (kind == LogBounds.REDACTION && at.redaction.get(s) != 0))) {
        return true;
      }
    }
    return false;
  }

  /** What is not stored yet: at the end of the queue, or first through what its kind needs. */
  void queueWhenReady(byte[] next, int message) {
    if (bounds.kind(message) == LogBounds.EDIT && !without.contains(LogRule.GONE_REFUSED)) {
      at.editChecked.set(next, message);
    } else if (bounds.kind(message) == LogBounds.REDACTION
        && !without.contains(LogRule.MARK_FIRST)) {
      at.redaction.set(next, LogState.MARKING);
    } else {
      queue(next, message);
    }
  }

  private void queue(byte[] next, int message) {
    at.queue.set(next, at.size(next, at.queue), message);
  }

  /** Hints to the edits in a group; says whether there are any. */
  boolean sendHints(byte[] next, int first) {
    boolean any = false;
    for (int i = 0; i < at.size(next, at.inFlight); i++) {
      if (bounds.kind(at.inFlight.get(next, i)) == LogBounds.EDIT) {
        mutations.send(
            next,
            Mutations.HINT,
            without.contains(LogRule.HINT_FIRST) ? Mutations.NOBODY : Mutations.THE_LOG,
            first + i,
            0);
        any = true;
      }
    }
    return any;
  }

  void steps(byte[] s, Steps steps) {
    if (at.phase.get(s) < LogState.ACTIVE) {
      return;
    }
    boolean room = at.size(s, at.queue) < bounds.group();
    if (at.editChecked.get(s) != 0 && room) {
      Replicas.eachPair((i, j) -> checkTarget(s, i, j, steps));
    }
    if (at.redaction.get(s) == LogState.MARKING) {
      Replicas.eachPair((i, j) -> mark(s, i, j, steps));
    }
    if (at.redaction.get(s) == LogState.MARKS_DONE
        && room
        && mutations.isAcknowledged(s, Mutations.THE_REDACTION)) {
      byte[] next = s.clone();
      mutations.stopWaiting(next, Mutations.THE_REDACTION);
      at.redaction.set(next, 0);
      queue(next, bounds.messages());
      steps.to(next, () -> "the marks are acknowledged, the redaction is queued");
    }
  }

  private void checkTarget(byte[] s, int i, int j, Steps steps) {
    byte[] next = s.clone();
    int edit = at.editChecked.get(s);
    boolean gone = replicas.body(s, i, j, target(s)) != TARGET;
    replicas.repairBody(next, i, j, target(s));
    at.editChecked.set(next, 0);
    if (!gone) {
      queue(next, edit);
    }
    steps.to(
        next,
        () ->
            "the target of edit m"
                + edit
                + " read on "
                + i
                + ","
                + j
                + " is "
                + (gone ? "gone: refused" : "there: queued"));
  }

  /** Reads the hints, then marks the target and the edits that count, by either clock. */
  private void mark(byte[] s, int i, int j, Steps steps) {
    int behind = without.contains(LogRule.MARK_ABOVE_EPOCH) ? 1 : at.epoch.get(s) + 1;
    mark(s, Mutations.THE_REDACTION, i, j, behind, steps);
    mark(s, Mutations.THE_REDACTION, i, j, LogState.FAR_AHEAD, steps);
  }

  /** The same for a redaction that an owner has kept; the log waits for it. */
  void markKept(byte[] s, int i, int j, Steps steps) {
    mark(s, Mutations.THE_LOG, i, j, at.epoch.get(s) + 1, steps);
  }

  private void mark(byte[] s, int waitedBy, int i, int j, int time, Steps steps) {
    byte[] next = s.clone();
    int target = target(s);
    if (target == 0) {
      return;
    }
    mutations.send(next, Mutations.MARK, waitedBy, target, time);
    for (int q = 1; q <= at.tail.get(s) && at.hint.columns() > 0; q++) {
      if (at.hint.get(s, i, q) + at.hint.get(s, j, q) > 0) {
        at.hint.set(next, i, q, 1);
        at.hint.set(next, j, q, 1);
        int row = replicas.entry(s, i, j, q);
        boolean counts = row != 0 && bounds.kind(Replicas.messageOf(row)) == LogBounds.EDIT;
        replicas.repairEntry(next, i, j, q);
        if (counts || without.contains(LogRule.HINT_CHECKED)) {
          mutations.send(next, Mutations.MARK, waitedBy, q, time);
        }
      }
    }
    at.redaction.set(next, LogState.MARKS_DONE);
    steps.to(
        next,
        () ->
            "the redaction reads hints on "
                + i
                + ","
                + j
                + " and sends marks at "
                + time
                + " for "
                + target
                + " and its edits");
  }
}
