package chat.jovial.model.log;

import static chat.jovial.model.log.LogState.ACTIVE;
import static chat.jovial.model.log.LogState.BEYOND;
import static chat.jovial.model.log.LogState.BEYOND_SECOND_ANSWER;
import static chat.jovial.model.log.LogState.BODIES;
import static chat.jovial.model.log.LogState.INDEX;
import static chat.jovial.model.log.LogState.NEWEST;
import static chat.jovial.model.log.LogState.REPLICAS;
import static chat.jovial.model.log.LogState.SETTLING;
import static chat.jovial.model.log.LogState.SETTLING_NEXT_BUCKET;

import chat.jovial.model.Steps;
import java.util.Set;

/**
 * How an owner takes the log over: {@code chat.jovial.mss.TailReader.read} and {@code
 * chat.jovial.mds.Activation}.
 */
final class Settling {
  private final LogState at;
  private final Replicas replicas;
  private final Mutations mutations;
  private final Set<LogRule> without;
  private final LogBounds bounds;

  Settling(LogState at, Replicas replicas, Mutations mutations, Set<LogRule> without) {
    this.at = at;
    this.replicas = replicas;
    this.mutations = mutations;
    this.without = without;
    this.bounds = at.bounds;
  }

  /** An actor begins with nothing in memory. */
  void begin(byte[] s, int epoch) {
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

  void steps(byte[] s, Steps steps) {
    switch (at.phase.get(s)) {
      case INDEX:
        Replicas.eachPair((i, j) -> readIndex(s, i, j, steps));
        break;
      case NEWEST:
        Replicas.eachPair((i, j) -> readNewest(s, i, j, steps));
        break;
      case BEYOND:
        if (bounds.torn()) {
          firstAnswer(s, steps);
        } else {
          Replicas.eachPair((i, j) -> readBeyond(s, i, j, steps));
        }
        break;
      case BEYOND_SECOND_ANSWER:
        secondAnswer(s, steps);
        break;
      case BODIES:
        Replicas.eachPair((i, j) -> readBodies(s, i, j, steps));
        break;
      case SETTLING:
      case SETTLING_NEXT_BUCKET:
        if (mutations.isAcknowledged(s, Mutations.THE_LOG)) {
          acknowledged(s, steps);
        }
        break;
      default:
        break;
    }
  }

  // ---- Reading

  private void readIndex(byte[] s, int i, int j, Steps steps) {
    byte[] next = s.clone();
    int newest = 0;
    for (int bucket = 1; bucket <= bounds.buckets(); bucket++) {
      if (at.index.get(s, i, bucket) + at.index.get(s, j, bucket) > 0) {
        newest = bucket;
        at.index.set(next, i, bucket, 1);
        at.index.set(next, j, bucket, 1);
      }
    }
    at.openBucket.set(next, newest);
    if (newest == 0) {
      write(next);
    } else {
      at.phase.set(next, NEWEST);
    }
    int bucket = newest;
    steps.to(next, () -> owner(s) + " reads on " + i + "," + j + ": newest bucket " + bucket);
  }

  private void readNewest(byte[] s, int i, int j, Steps steps) {
    byte[] next = s.clone();
    int newest = bounds.lastOf(at.openBucket.get(s));
    while (newest > 0 && replicas.entry(s, i, j, newest) == 0) {
      newest--;
    }
    if (newest == 0) {
      write(next);
    } else {
      int row = replicas.entry(s, i, j, newest);
      replicas.repairEntry(next, i, j, newest);
      boolean looksAgain = !without.contains(LogRule.SECOND_LOOK);
      at.foundBase.set(next, looksAgain ? Replicas.baseOf(row) : newest);
      at.foundTime.set(next, Replicas.timeOf(row));
      if (looksAgain) {
        at.phase.set(next, BEYOND);
      } else {
        write(next);
      }
    }
    int found = newest;
    steps.to(next, () -> owner(s) + " reads on " + i + "," + j + ": newest entry is " + found);
  }

  private void readBeyond(byte[] s, int i, int j, Steps steps) {
    byte[] next = s.clone();
    findBeyond(next, i, j);
    steps.to(
        next, () -> owner(s) + " reads on " + i + "," + j + " what is beyond: " + foundIn(next));
  }

  private void firstAnswer(byte[] s, Steps steps) {
    for (int r = 0; r < REPLICAS; r++) {
      byte[] next = s.clone();
      for (int q = at.foundBase.get(s) + 1; q <= bounds.numbers(); q++) {
        at.snapTime.set(next, q, at.entryTime.get(s, r, q));
        at.snapMessage.set(next, q, at.entryMessage.get(s, r, q));
        at.snapBase.set(next, q, at.entryBase.get(s, r, q));
        at.snapFence.set(next, q, at.entryFence.get(s, r, q));
      }
      at.readFirst.set(next, r, 0, 1);
      at.phase.set(next, BEYOND_SECOND_ANSWER);
      int replica = r;
      steps.to(next, () -> owner(s) + " reads what is beyond: " + replica + " answers");
    }
  }

  private void secondAnswer(byte[] s, Steps steps) {
    for (int r = 0; r < REPLICAS; r++) {
      if (at.readFirst.get(s, r, 0) == 0) {
        int first = firstOf(s);
        byte[] next = s.clone();
        // What the first replica has answered is at least what it has now, or older.
        byte[] asAnswered = s.clone();
        for (int q = at.foundBase.get(s) + 1; q <= bounds.numbers(); q++) {
          at.entryTime.set(asAnswered, first, q, at.snapTime.get(s, q));
          at.entryMessage.set(asAnswered, first, q, at.snapMessage.get(s, q));
          at.entryBase.set(asAnswered, first, q, at.snapBase.get(s, q));
          at.entryFence.set(asAnswered, first, q, at.snapFence.get(s, q));
        }
        clearSnapshot(next);
        findBeyond(next, asAnswered, first, r);
        int replica = r;
        steps.to(next, () -> owner(s) + ": " + replica + " answers too: " + foundIn(next));
      }
    }
  }

  private int firstOf(byte[] s) {
    int first = 0;
    while (at.readFirst.get(s, first, 0) == 0) {
      first++;
    }
    return first;
  }

  private void clearSnapshot(byte[] s) {
    at.readFirst.clear(s);
    if (bounds.torn()) {
      at.snapTime.clear(s);
      at.snapMessage.clear(s);
      at.snapBase.clear(s);
      at.snapFence.clear(s);
    }
  }

  private void findBeyond(byte[] next, int i, int j) {
    findBeyond(next, next.clone(), i, j);
  }

  /** Reads upwards from the base, into the next bucket only where one is full. */
  private void findBeyond(byte[] next, byte[] shown, int i, int j) {
    int firstBase = at.foundBase.get(next);
    int last = 0;
    int bucketEnd = bounds.lastOf(bounds.bucketOf(Math.min(firstBase + 1, bounds.numbers())));
    for (int q = firstBase + 1; q <= bucketEnd; q++) {
      int row = replicas.entry(shown, i, j, q);
      if (row != 0) {
        at.found.set(next, q, Replicas.messageOf(row));
        at.foundBase.set(next, Replicas.baseOf(row));
        at.foundTime.set(next, Replicas.timeOf(row));
        last = q;
        replicas.repairEntry(next, i, j, q);
        if (timeOf(shown, i, q) < Replicas.timeOf(row)
            && timeOf(shown, j, q) < Replicas.timeOf(row)) {
          throw new IllegalStateException("a row from nowhere");
        }
        if (!without.contains(LogRule.READ_REPAIR)) {
          // Repaired with what was answered, which the first replica may have lost since.
          for (int r : new int[] {i, j}) {
            replicas.putEntry(
                next, r, q, Replicas.timeOf(row), Replicas.messageOf(row), Replicas.baseOf(row));
          }
        }
      }
      if (q == bucketEnd && last == q && q < bounds.numbers()) {
        bucketEnd = bounds.lastOf(bounds.bucketOf(q + 1));
      }
    }
    if (last == 0) {
      at.foundTime.set(next, 0);
      if (without.contains(LogRule.BASE_OF_FIRST_LOOK)) {
        at.foundBase.set(next, 0);
      }
    }
    for (int q = 0; q <= at.foundBase.get(next) && q <= bounds.numbers(); q++) {
      at.found.set(next, q, 0);
    }
    if (bounds.bodies() && last != 0) {
      at.phase.set(next, BODIES);
    } else {
      write(next);
    }
  }

  private int timeOf(byte[] s, int r, int q) {
    return at.entryTime.get(s, r, q);
  }

  private void readBodies(byte[] s, int i, int j, Steps steps) {
    byte[] next = s.clone();
    boolean gap = false;
    int[] texts = new int[bounds.numbers() + 1];
    for (int q = 1; q <= bounds.numbers(); q++) {
      if (at.found.get(s, q) != 0) {
        texts[q] = replicas.body(s, i, j, q);
        replicas.repairBody(next, i, j, q);
        gap |= lacksBody(s, q, texts[q]);
        if (gap && !without.contains(LogRule.MISSING_BODY_IS_GAP)) {
          at.found.set(next, q, 0);
        }
      }
    }
    write(next, texts);
    steps.to(
        next,
        () -> owner(s) + " reads the bodies on " + i + "," + j + ": keeps up to " + tailOf(next));
  }

  private boolean lacksBody(byte[] s, int q, int text) {
    return text == LogState.NO_ROW && bounds.kind(at.found.get(s, q)) != LogBounds.REDACTION;
  }

  // ---- Writing

  private void write(byte[] next) {
    write(next, new int[bounds.numbers() + 1]);
  }

  private void write(byte[] next, int[] texts) {
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
    int slot = mutations.sendRows(next, base + 1, base, epoch);
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
      int slot = mutations.sendRows(next, bounds.firstOf(bucket + 1), tail, at.epoch.get(s));
      mutations.addFence(next, slot, bounds.firstOf(bucket + 1), at.epoch.get(s) - 1);
      at.phase.set(next, SETTLING_NEXT_BUCKET);
      steps.to(next, () -> owner(s) + " has settled; fences the next bucket");
      return;
    }
    activate(next);
    steps.to(next, () -> owner(s) + " has settled, its tail is " + tail);
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

  private String owner(byte[] s) {
    return "owner " + at.owner.get(s) + " (T=" + at.epoch.get(s) + ")";
  }

  private int tailOf(byte[] s) {
    return at.tail.get(s);
  }

  private String foundIn(byte[] s) {
    return "keeps up to " + tailOf(s);
  }
}
