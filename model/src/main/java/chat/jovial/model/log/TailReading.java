package chat.jovial.model.log;

import static chat.jovial.model.log.LogState.BEYOND;
import static chat.jovial.model.log.LogState.BEYOND_SECOND_ANSWER;
import static chat.jovial.model.log.LogState.BODIES;
import static chat.jovial.model.log.LogState.INDEX;
import static chat.jovial.model.log.LogState.NEWEST;
import static chat.jovial.model.log.LogState.REPLICAS;

import chat.jovial.model.explore.Steps;
import java.util.Set;

/** Read of the end of the log by a new owner: {@code chat.jovial.mss.TailReader.read}. */
final class TailReading {
  private final LogState at;
  private final Replicas replicas;
  private final Recovery settling;
  private final Set<LogRule> without;
  private final LogBounds bounds;

  TailReading(LogState at, Replicas replicas, Recovery settling, Set<LogRule> without) {
    this.at = at;
    this.replicas = replicas;
    this.settling = settling;
    this.without = without;
    this.bounds = at.bounds;
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
      default:
        break;
    }
  }

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
      settling.write(next);
    } else {
      at.phase.set(next, NEWEST);
    }
    int bucket = newest;
    steps.to(
        next, () -> settling.owner(s) + " reads on " + i + "," + j + ": newest bucket " + bucket);
  }

  private void readNewest(byte[] s, int i, int j, Steps steps) {
    byte[] next = s.clone();
    int newest = bounds.lastOf(at.openBucket.get(s));
    while (newest > 0 && replicas.entry(s, i, j, newest) == 0) {
      newest--;
    }
    if (newest == 0) {
      settling.write(next);
    } else {
      int row = replicas.entry(s, i, j, newest);
      replicas.repairEntry(next, i, j, newest);
      boolean looksAgain = !without.contains(LogRule.SECOND_LOOK);
      at.foundBase.set(next, looksAgain ? Replicas.baseOf(row) : newest);
      at.foundTime.set(next, Replicas.timeOf(row));
      if (looksAgain) {
        at.phase.set(next, BEYOND);
      } else {
        settling.write(next);
      }
    }
    int found = newest;
    steps.to(
        next, () -> settling.owner(s) + " reads on " + i + "," + j + ": newest entry is " + found);
  }

  private void readBeyond(byte[] s, int i, int j, Steps steps) {
    byte[] next = s.clone();
    findBeyond(next, i, j);
    steps.to(
        next,
        () -> settling.owner(s) + " reads on " + i + "," + j + " what is beyond: " + foundIn(next));
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
      steps.to(next, () -> settling.owner(s) + " reads what is beyond: " + replica + " answers");
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
        settling.clearSnapshot(next);
        findBeyond(next, asAnswered, first, r);
        int replica = r;
        steps.to(next, () -> settling.owner(s) + ": " + replica + " answers too: " + foundIn(next));
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
      settling.write(next);
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
    settling.write(next, texts);
    steps.to(
        next,
        () ->
            settling.owner(s)
                + " reads the bodies on "
                + i
                + ","
                + j
                + ": keeps up to "
                + at.tail.get(next));
  }

  private boolean lacksBody(byte[] s, int q, int text) {
    return text == LogState.NO_ROW && bounds.kind(at.found.get(s, q)) != LogBounds.REDACTION;
  }

  private String foundIn(byte[] s) {
    StringBuilder text = new StringBuilder("base ").append(at.foundBase.get(s)).append(", finds");
    for (int q = 1; q <= bounds.numbers(); q++) {
      if (at.found.get(s, q) != 0) {
        text.append(' ').append(q).append("=m").append(at.found.get(s, q));
      }
    }
    return text.toString();
  }
}
