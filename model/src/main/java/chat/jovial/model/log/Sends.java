package chat.jovial.model.log;

import static chat.jovial.model.log.LogState.ACTIVE;
import static chat.jovial.model.log.LogState.PREPARING;
import static chat.jovial.model.log.LogState.WRITING;

import chat.jovial.model.explore.Field;
import chat.jovial.model.explore.Steps;
import java.util.Set;

/**
 * Sends: the owner admits messages, finds out whether they are stored already, and writes groups:
 * {@code chat.jovial.mds.ConversationLog}, {@code chat.jovial.mss.SendFinder}.
 */
final class Sends {
  private final LogState at;
  private final Replicas replicas;
  private final Mutations mutations;
  private final Recovery settling;
  private final Removals removals;
  private final Set<LogRule> without;
  private final LogBounds bounds;

  Sends(
      LogState at,
      Replicas replicas,
      Mutations mutations,
      Recovery settling,
      Removals removals,
      Set<LogRule> without) {
    this.at = at;
    this.replicas = replicas;
    this.mutations = mutations;
    this.settling = settling;
    this.removals = removals;
    this.without = without;
    this.bounds = at.bounds;
  }

  void steps(byte[] s, Steps steps) {
    int phase = at.phase.get(s);
    if (phase < ACTIVE) {
      return;
    }
    for (int message = 1; message <= bounds.messages(); message++) {
      take(s, message, steps);
    }
    lookUp(s, steps);
    switch (phase) {
      case ACTIVE:
        begin(s, steps);
        break;
      case PREPARING:
        if (mutations.isAcknowledged(s, Mutations.THE_LOG)) {
          byte[] next = s.clone();
          mutations.stopWaiting(next, Mutations.THE_LOG);
          writeGroup(next);
          steps.to(next, () -> "what has to be there before is; the group is sent");
        }
        break;
      case WRITING:
        if (mutations.isAcknowledged(s, Mutations.THE_LOG)) {
          acknowledge(s, steps);
        }
        if (without.contains(LogRule.ONE_CONTENT)) {
          giveUp(s, steps);
        }
        break;
      default:
        break;
    }
  }

  // ---- New, or sent before?

  private void take(byte[] s, int message, Steps steps) {
    boolean isUnderWay =
        at.contains(s, at.queue, message)
            || at.contains(s, at.inFlight, message)
            || at.lookedUp.get(s) == message;
    boolean waits = isUnderWay && !without.contains(LogRule.ONE_AT_A_TIME);
    boolean again = at.made.get(s, message) != 0;
    if (waits
        || (again && !mayBeSentAgain(message))
        || at.size(s, at.queue) == bounds.group()
        || !removals.mayBeTaken(s, message)) {
      return;
    }
    int tail = at.tail.get(s);
    byte[] next = s.clone();
    int made = at.made.get(s, message) - 1;
    if (made < 0) {
      // Made this moment: nothing stored before can be it.
      made = tail;
      at.made.set(next, message, made + 1);
    }
    boolean complete = made >= at.memoryFrom.get(s) || without.contains(LogRule.MEMORY_COMPLETE);
    if (tail == 0 || (complete && at.remembered.get(s, message) == 0)) {
      removals.queueWhenReady(next, message);
      steps.to(next, () -> "the owner takes m" + message + " as new");
    } else if (at.lookedUp.get(s) == 0) {
      at.lookedUp.set(next, message);
      at.lookedUpBucket.set(next, bounds.bucketOf(tail));
      steps.to(next, () -> "the owner takes m" + message + " and looks whether it is stored");
    }
  }

  private boolean mayBeSentAgain(int message) {
    return bounds.retries() && message > bounds.stored();
  }

  private void lookUp(byte[] s, Steps steps) {
    int message = at.lookedUp.get(s);
    if (message == 0 || at.size(s, at.queue) == bounds.group()) {
      return;
    }
    int number = at.lookedUpNumber.get(s);
    if (number == 0) {
      Replicas.eachPair((i, j) -> readSendRow(s, message, i, j, steps));
    } else {
      Replicas.eachPair((i, j) -> readNamedEntry(s, message, number, i, j, steps));
    }
  }

  private void readSendRow(byte[] s, int message, int i, int j, Steps steps) {
    byte[] next = s.clone();
    int bucket = at.lookedUpBucket.get(s);
    int number = replicas.send(s, i, j, message, bucket);
    replicas.repairSend(next, i, j, message, bucket);
    if (number == 0) {
      lookInOlder(next, message, bucket);
    } else {
      at.lookedUpNumber.set(next, number);
      if (without.contains(LogRule.SEND_ROW_CHECKED)) {
        settleAsStored(next, message, number);
      }
    }
    steps.to(
        next,
        () ->
            "the look on "
                + i
                + ","
                + j
                + " for m"
                + message
                + " finds "
                + (number == 0 ? "nothing" : "a row that names " + number));
  }

  private void readNamedEntry(byte[] s, int message, int number, int i, int j, Steps steps) {
    byte[] next = s.clone();
    boolean counts = Replicas.messageOf(replicas.entry(s, i, j, number)) == message;
    replicas.repairEntry(next, i, j, number);
    if (counts && number <= at.tail.get(s)) {
      settleAsStored(next, message, number);
    } else if (counts) {
      queueAsNew(next, message);
    } else {
      lookInOlder(next, message, at.lookedUpBucket.get(s));
    }
    steps.to(
        next,
        () ->
            "the entry "
                + number
                + " on "
                + i
                + ","
                + j
                + (counts ? " is" : " is not")
                + " m"
                + message);
  }

  private void lookInOlder(byte[] next, int message, int bucket) {
    boolean olderCannotHaveIt = at.made.get(next, message) - 1 >= bounds.firstOf(bucket);
    if (bucket == 1 || olderCannotHaveIt || without.contains(LogRule.OLDER_BUCKETS)) {
      queueAsNew(next, message);
    } else {
      at.lookedUpBucket.set(next, bucket - 1);
      at.lookedUpNumber.set(next, 0);
    }
  }

  private void queueAsNew(byte[] next, int message) {
    endLookUp(next);
    removals.queueWhenReady(next, message);
  }

  private void settleAsStored(byte[] next, int message, int number) {
    endLookUp(next);
    tell(next, message, number);
  }

  private void endLookUp(byte[] next) {
    at.lookedUp.set(next, 0);
    at.lookedUpBucket.set(next, 0);
    at.lookedUpNumber.set(next, 0);
  }

  // ---- Groups

  private void begin(byte[] s, Steps steps) {
    int tail = at.tail.get(s);
    int first = tail + 1;
    if (at.size(s, at.queue) == 0 || tail >= bounds.numbers()) {
      return;
    }
    byte[] next = s.clone();
    int bucket = bounds.bucketOf(first);
    int room = bounds.lastOf(bucket) - tail;
    int taken = Math.min(room, at.size(s, at.queue));
    for (int i = 0; i < taken; i++) {
      at.inFlight.set(next, i, at.queue.get(s, i));
    }
    for (int i = 0; i < bounds.group(); i++) {
      at.queue.set(next, i, i + taken < bounds.group() ? at.queue.get(s, i + taken) : 0);
    }
    boolean opens = bucket > at.openBucket.get(s);
    if (opens) {
      at.openBucket.set(next, bucket);
      mutations.send(
          next,
          Mutations.INDEX_ROW,
          without.contains(LogRule.INDEX_FIRST) ? Mutations.NOBODY : Mutations.THE_LOG,
          bucket,
          at.epoch.get(s));
    }
    boolean hints = removals.sendHints(next, first);
    if ((opens && !without.contains(LogRule.INDEX_FIRST))
        || (hints && !without.contains(LogRule.HINT_FIRST))) {
      at.phase.set(next, PREPARING);
    } else {
      writeGroup(next);
    }
    steps.to(next, () -> "the owner makes a group from " + first + " on: " + names(next));
  }

  private String names(byte[] s) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < at.size(s, at.inFlight); i++) {
      text.append(" m").append(at.inFlight.get(s, i));
    }
    return text.toString().trim();
  }

  private void writeGroup(byte[] next) {
    int tail = at.tail.get(next);
    int slot = mutations.sendRows(next, Mutations.THE_LOG, tail + 1, tail, at.epoch.get(next));
    addEntries(next, slot, at.inFlight);
    at.phase.set(next, WRITING);
  }

  private void addEntries(byte[] next, int slot, Field group) {
    for (int i = 0; i < at.size(next, group); i++) {
      int message = group.get(next, i);
      boolean hasText = bounds.kind(message) != LogBounds.REDACTION;
      mutations.addEntry(next, slot, message, hasText ? message : LogState.NO_ROW);
    }
  }

  /**
   * A former owner goes on with what it had begun; what follows from the answer it tells nobody.
   */
  void sendFormerGroup(byte[] s, Steps steps) {
    if (at.formerGroup.get(s, 0) != 0 && mutations.isAcknowledged(s, Mutations.A_FORMER_OWNER)) {
      byte[] next = s.clone();
      mutations.stopWaiting(next, Mutations.A_FORMER_OWNER);
      int tail = at.formerGroupTail.get(s);
      int epoch = at.formerGroupEpoch.get(s);
      int slot = mutations.sendRows(next, Mutations.NOBODY, tail + 1, tail, epoch);
      addEntries(next, slot, at.formerGroup);
      at.formerGroup.clear(next);
      at.formerGroupTail.set(next, 0);
      at.formerGroupEpoch.set(next, 0);
      steps.to(next, () -> "a former owner (T=" + epoch + ") sends the group that it prepared");
    }
  }

  private void acknowledge(byte[] s, Steps steps) {
    byte[] next = s.clone();
    mutations.stopWaiting(next, Mutations.THE_LOG);
    int tail = at.tail.get(s);
    int count = at.size(s, at.inFlight);
    for (int i = 0; i < count; i++) {
      int message = at.inFlight.get(s, i);
      settling.acknowledge(next, tail + 1 + i, message);
      tell(next, message, tail + 1 + i);
    }
    at.inFlight.clear(next);
    at.tail.set(next, tail + count);
    at.phase.set(next, ACTIVE);
    steps.to(
        next,
        () -> "the group is acknowledged, the lease holds: told, the end is " + (tail + count));
  }

  /** Without the rule: what failed is dropped, its numbers are given to others. */
  private void giveUp(byte[] s, Steps steps) {
    byte[] next = s.clone();
    mutations.stopWaiting(next, Mutations.THE_LOG);
    at.inFlight.clear(next);
    at.phase.set(next, ACTIVE);
    steps.to(next, () -> "the owner drops the group that is not acknowledged");
  }

  void tell(byte[] next, int message, int number) {
    int before = at.told.get(next, message);
    if (before != 0 && before != number) {
      at.fail(next, LogState.TOLD_ELSEWHERE);
    }
    at.told.set(next, message, number);
  }

  /** Without the rule: a former owner tells of its last group although its lease is over. */
  void tellLate(byte[] s, Steps steps) {
    for (int slot = 0; slot < mutations.slots(); slot++) {
      if (mutations.isAcknowledgedGroupOf(s, slot, at.epoch.get(s))) {
        byte[] next = s.clone();
        boolean news = false;
        for (int i = 0; i < mutations.count(s, slot); i++) {
          int message = mutations.message(s, slot, i);
          news |= at.told.get(s, message) == 0;
          tell(next, message, mutations.first(s, slot) + i);
        }
        if (news) {
          steps.to(next, () -> "a former owner learns of the acknowledgement and tells");
        }
      }
    }
  }
}
