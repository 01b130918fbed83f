package chat.jovial.model.log;

import static chat.jovial.model.log.LogState.ACTIVE;
import static chat.jovial.model.log.LogState.REPLICAS;

import chat.jovial.model.explore.Steps;
import java.util.Set;

/**
 * A member reads the whole history: {@code chat.jovial.mss.HistoryReader}, {@code
 * CommittedSeqClient}. Its two replicas answer at different times.
 */
final class Reading {
  private final LogState at;
  private final Replicas replicas;
  private final Set<LogRule> without;
  private final LogBounds bounds;

  Reading(LogState at, Replicas replicas, Set<LogRule> without) {
    this.at = at;
    this.replicas = replicas;
    this.without = without;
    this.bounds = at.bounds;
  }

  void steps(byte[] s, Steps steps) {
    switch (at.reading.get(s)) {
      case 0:
        if (at.reads.get(s) > 0) {
          begin(s, steps);
        }
        break;
      case LogState.END_KNOWN:
        firstAnswer(s, steps);
        break;
      case LogState.ROWS_FIRST_ANSWER:
        secondAnswer(s, steps);
        break;
      case LogState.ROWS_KNOWN:
        learnEnd(s, steps);
        break;
      default:
        break;
    }
  }

  private void begin(byte[] s, Steps steps) {
    byte[] begun = s.clone();
    at.reads.set(begun, at.reads.get(s) - 1);
    at.readAtLeast.set(begun, at.end(s));
    at.readEnd.set(begun, 0);
    if (without.contains(LogRule.END_BEFORE_ROWS) || without.contains(LogRule.READ_BELOW_END)) {
      at.reading.set(begun, LogState.END_KNOWN);
      steps.to(begun, () -> "a member begins to read");
      return;
    }
    askEnd(begun, LogState.END_KNOWN, "a member asks for the end: ", steps);
    // Known from another read: any base that a row shows, however old.
    for (int r = 0; r < REPLICAS; r++) {
      for (int q = 1; q <= bounds.numbers(); q++) {
        int base = at.entryBase.get(s, r, q);
        if (base > 0) {
          byte[] next = begun.clone();
          at.readEnd.set(next, base);
          at.reading.set(next, LogState.END_KNOWN);
          steps.to(next, () -> "a member knows from another read that the end is at least " + base);
        }
      }
    }
  }

  private void askEnd(byte[] s, int stage, String words, Steps steps) {
    if (at.phase.get(s) >= ACTIVE) {
      byte[] next = s.clone();
      at.readEnd.set(next, at.tail.get(s));
      at.readAsked.set(next, 1);
      at.reading.set(next, stage);
      steps.to(next, () -> words + at.tail.get(s));
    }
    if (without.contains(LogRule.END_UNDER_LEASE) && at.formerTail.get(s) > 0) {
      byte[] next = s.clone();
      at.readEnd.set(next, at.formerTail.get(s) - 1);
      at.readAsked.set(next, 1);
      at.reading.set(next, stage);
      steps.to(next, () -> words + (at.formerTail.get(s) - 1) + ", says a former owner");
    }
  }

  private void firstAnswer(byte[] s, Steps steps) {
    for (int r = 0; r < REPLICAS; r++) {
      byte[] next = s.clone();
      for (int q = 1; q <= bounds.numbers(); q++) {
        at.readTime.set(next, q, at.entryTime.get(s, r, q));
        at.readMessage.set(next, q, at.entryMessage.get(s, r, q));
        at.readBase.set(next, q, at.entryBase.get(s, r, q));
        at.readFence.set(next, q, at.entryFence.get(s, r, q));
      }
      at.historyFirst.set(next, r, 0, 1);
      at.reading.set(next, LogState.ROWS_FIRST_ANSWER);
      int replica = r;
      steps.to(next, () -> "the member reads rows: " + replica + " answers");
    }
  }

  private void secondAnswer(byte[] s, Steps steps) {
    int first = 0;
    while (at.historyFirst.get(s, first, 0) == 0) {
      first++;
    }
    for (int r = 0; r < REPLICAS; r++) {
      if (r == first) {
        continue;
      }
      byte[] next = s.clone();
      at.historyFirst.clear(next);
      for (int q = 1; q <= bounds.numbers(); q++) {
        int fence = Math.max(at.readFence.get(s, q), at.entryFence.get(s, r, q));
        int row =
            Math.max(
                Replicas.row(
                    at.readTime.get(s, q), at.readMessage.get(s, q), at.readBase.get(s, q)),
                Replicas.row(
                    at.entryTime.get(s, r, q),
                    at.entryMessage.get(s, r, q),
                    at.entryBase.get(s, r, q)));
        int shown = Replicas.timeOf(row) > fence ? row : 0;
        at.readTime.set(next, q, 0);
        at.readFence.set(next, q, 0);
        at.readMessage.set(next, q, Replicas.messageOf(shown));
        at.readBase.set(next, q, Replicas.baseOf(shown));
        if (shown != 0 && !without.contains(LogRule.READ_REPAIR)) {
          for (int other : new int[] {first, r}) {
            replicas.putEntry(
                next,
                other,
                q,
                Replicas.timeOf(shown),
                Replicas.messageOf(shown),
                Replicas.baseOf(shown));
          }
        }
      }
      at.reading.set(next, LogState.ROWS_KNOWN);
      boolean endCounts =
          !without.contains(LogRule.END_BEFORE_ROWS) && !without.contains(LogRule.READ_BELOW_END);
      if (endCounts && highest(next) <= at.readEnd.get(next)) {
        show(next, at.readEnd.get(next));
      }
      int replica = r;
      steps.to(next, () -> "the member reads rows: " + replica + " answers too");
    }
  }

  /** The rows go beyond what is known to be acknowledged. */
  private void learnEnd(byte[] s, Steps steps) {
    if (without.contains(LogRule.READ_BELOW_END)) {
      byte[] next = s.clone();
      show(next, bounds.numbers());
      steps.to(next, () -> "the member is shown all rows");
    } else if (without.contains(LogRule.END_BEFORE_ROWS)) {
      int base = 0;
      for (int q = 1; q <= bounds.numbers(); q++) {
        base = Math.max(base, at.readBase.get(s, q));
      }
      if (highest(s) <= base) {
        byte[] next = s.clone();
        show(next, base);
        steps.to(next, () -> "the member is shown all rows, for a base covers them");
      } else {
        askEnd(
            s,
            LogState.ROWS_KNOWN,
            "the member asks for the end and is shown the rows that it has up to ",
            (asked, words) -> {
              show(asked, at.readEnd.get(asked));
              steps.to(asked, words);
            });
      }
    } else {
      if (at.readAsked.get(s) == 0) {
        byte[] forgotten = s.clone();
        forget(forgotten);
        askEnd(
            forgotten, LogState.END_KNOWN, "the member asks for the end, to read again: ", steps);
      } else {
        byte[] next = s.clone();
        show(next, at.readEnd.get(s));
        steps.to(next, () -> "the member is shown rows up to " + at.readEnd.get(s));
      }
    }
  }

  private int highest(byte[] s) {
    int highest = bounds.numbers();
    while (highest > 0 && at.readMessage.get(s, highest) == 0) {
      highest--;
    }
    return highest;
  }

  /** What is seen stays true: nothing else under a number, nothing acknowledged left out. */
  private void show(byte[] next, int end) {
    int last = Math.min(end, highest(next));
    while (last > 0 && at.readMessage.get(next, last) == 0) {
      last--;
    }
    for (int q = 1; q <= last; q++) {
      int shown = at.readMessage.get(next, q);
      if (shown == 0) {
        at.fail(next, LogState.SHOWN_WITH_GAP);
      } else if (shown != at.content.get(next, q)) {
        at.fail(next, LogState.SHOWN_WRONG);
      }
    }
    if (last < at.readAtLeast.get(next)) {
      at.fail(next, LogState.SHOWN_LESS);
    }
    forget(next);
    at.reading.set(next, 0);
    at.readEnd.set(next, 0);
    at.readAsked.set(next, 0);
    at.readAtLeast.set(next, 0);
  }

  private void forget(byte[] next) {
    at.readMessage.clear(next);
    at.readTime.clear(next);
    at.readBase.clear(next);
    at.readFence.clear(next);
  }
}
