package chat.jovial.model.log;

import java.util.Set;

/**
 * Mutations that were sent to the replicas. Each replica applies a mutation whole, at any time or
 * never; one that nobody waits for and that can change nothing any more is forgotten.
 */
final class Mutations {
  // The columns of a mutation. The replicas that have it come last, so that sorting puts equal ones
  // side by side whoever has them.
  private static final int KIND = 0;
  private static final int WAITED_BY = 1;
  private static final int FENCE_FROM = 2;
  private static final int FENCE_TIME = 3;
  private static final int FIRST = 4;
  private static final int COUNT = 5;
  private static final int BASE = 6;
  private static final int TIME = 7;
  private static final int MESSAGES = 8;

  static final int ROWS = 1;
  static final int INDEX_ROW = 2;
  static final int HINT = 3;
  static final int MARK = 4;

  static final int NOBODY = 0;
  static final int THE_LOG = 1;
  static final int THE_REDACTION = 2;
  static final int A_FORMER_OWNER = 3;

  private static final int ALL = (1 << LogState.REPLICAS) - 1;

  private final LogState at;
  private final Replicas replicas;
  private final Set<LogRule> without;
  private final int numbers;
  private final int had;

  Mutations(LogState at, Replicas replicas, Set<LogRule> without) {
    this.at = at;
    this.replicas = replicas;
    this.without = without;
    this.numbers = at.bounds.numbers();
    this.had = width(at.bounds) - 1;
  }

  static int width(LogBounds bounds) {
    return MESSAGES + bounds.numbers() * (bounds.bodies() ? 2 : 1) + 1;
  }

  int slots() {
    return at.mutation.rows();
  }

  boolean isThere(byte[] s, int slot) {
    return at.mutation.get(s, slot, KIND) != 0;
  }

  boolean has(byte[] s, int slot, int r) {
    return (at.mutation.get(s, slot, had) >> r & 1) != 0;
  }

  // ---- Sending

  int send(byte[] s, int kind, int waitedBy, int first, int time) {
    for (int slot = 0; slot < slots(); slot++) {
      if (!isThere(s, slot)) {
        at.mutation.set(s, slot, KIND, kind);
        at.mutation.set(s, slot, WAITED_BY, waitedBy);
        at.mutation.set(s, slot, FIRST, first);
        at.mutation.set(s, slot, TIME, time);
        return slot;
      }
    }
    throw new IllegalStateException("more is under way than fits: give more slots");
  }

  /** Entries from {@code first} on are going to be added. */
  int sendRows(byte[] s, int waitedBy, int first, int base, int time) {
    int slot = send(s, ROWS, waitedBy, first, time);
    at.mutation.set(s, slot, BASE, base);
    return slot;
  }

  void addEntry(byte[] s, int slot, int message, int text) {
    int count = at.mutation.get(s, slot, COUNT);
    at.mutation.set(s, slot, COUNT, count + 1);
    at.mutation.set(s, slot, MESSAGES + count, message);
    if (at.bounds.bodies()) {
      at.mutation.set(s, slot, MESSAGES + numbers + count, text);
    }
  }

  void addFence(byte[] s, int slot, int from, int time) {
    at.mutation.set(s, slot, FENCE_FROM, from);
    at.mutation.set(s, slot, FENCE_TIME, time);
  }

  // ---- Acknowledgement

  boolean isAcknowledged(byte[] s, int waitedBy) {
    int needed = without.contains(LogRule.QUORUM) ? 1 : 2;
    for (int slot = 0; slot < slots(); slot++) {
      if (at.mutation.get(s, slot, WAITED_BY) == waitedBy
          && Integer.bitCount(at.mutation.get(s, slot, had)) < needed) {
        return false;
      }
    }
    return true;
  }

  void handOver(byte[] s, int waitedBy, int to) {
    for (int slot = 0; slot < slots(); slot++) {
      if (at.mutation.get(s, slot, WAITED_BY) == waitedBy) {
        at.mutation.set(s, slot, WAITED_BY, to);
      }
    }
  }

  void stopWaiting(byte[] s, int waitedBy) {
    for (int slot = 0; slot < slots(); slot++) {
      if (at.mutation.get(s, slot, WAITED_BY) == waitedBy) {
        at.mutation.set(s, slot, WAITED_BY, NOBODY);
      }
    }
  }

  /** Whether a group of a former owner has reached a quorum. */
  boolean isAcknowledgedGroupOf(byte[] s, int slot, int otherThanTime) {
    return at.mutation.get(s, slot, KIND) == ROWS
        && at.mutation.get(s, slot, FENCE_TIME) == 0
        && at.mutation.get(s, slot, TIME) != otherThanTime
        && Integer.bitCount(at.mutation.get(s, slot, had)) >= 2;
  }

  int count(byte[] s, int slot) {
    return at.mutation.get(s, slot, COUNT);
  }

  int message(byte[] s, int slot, int which) {
    return at.mutation.get(s, slot, MESSAGES + which);
  }

  int first(byte[] s, int slot) {
    return at.mutation.get(s, slot, FIRST);
  }

  // ---- Arrival

  /** A replica takes it; says whether that changed anything there. */
  boolean deliver(byte[] s, int slot, int r) {
    at.mutation.set(s, slot, had, at.mutation.get(s, slot, had) | 1 << r);
    int first = at.mutation.get(s, slot, FIRST);
    int time = at.mutation.get(s, slot, TIME);
    switch (at.mutation.get(s, slot, KIND)) {
      case INDEX_ROW:
        return set(s, at.index, r, first);
      case HINT:
        return set(s, at.hint, r, first);
      case MARK:
        int text = without.contains(LogRule.MARK) ? LogState.GONE : LogState.MARKED;
        return replicas.putBody(s, r, first, time, text);
      default:
        return deliverRows(s, slot, r, first, time);
    }
  }

  private static boolean set(byte[] s, chat.jovial.model.explore.Field bits, int r, int which) {
    boolean changes = bits.get(s, r, which) == 0;
    bits.set(s, r, which, 1);
    return changes;
  }

  private boolean deliverRows(byte[] s, int slot, int r, int first, int time) {
    boolean changed = false;
    int from = at.mutation.get(s, slot, FENCE_FROM);
    if (from != 0) {
      int fence = at.mutation.get(s, slot, FENCE_TIME);
      for (int q = from; q <= at.bounds.lastOf(at.bounds.bucketOf(from)); q++) {
        changed |= replicas.fenceEntry(s, r, q, fence);
        if (at.bounds.bodies() && !without.contains(LogRule.FENCE_BODIES)) {
          changed |= replicas.fenceBody(s, r, q, fence);
        }
      }
    }
    int base = at.mutation.get(s, slot, BASE);
    for (int i = 0; i < at.mutation.get(s, slot, COUNT); i++) {
      int q = first + i;
      int message = at.mutation.get(s, slot, MESSAGES + i);
      if (message == 0) {
        continue;
      }
      changed |= replicas.putEntry(s, r, q, time, message, base);
      boolean settles = at.mutation.get(s, slot, FENCE_TIME) != 0;
      boolean withSend = !settles || !without.contains(LogRule.REBUILD_SENDS);
      if (withSend) {
        changed |= replicas.putSend(s, r, message, at.bounds.bucketOf(q), time, q);
      }
      int text = at.bounds.bodies() ? at.mutation.get(s, slot, MESSAGES + numbers + i) : 0;
      if (text != 0) {
        changed |= replicas.putBody(s, r, q, time, text);
      }
    }
    return changed;
  }

  // ---- Forgetting

  /** Forgets what can change nothing any more, and puts the rest in order. */
  void tidy(byte[] s) {
    byte[] trial = s.clone();
    for (int slot = 0; slot < slots(); slot++) {
      if (!isThere(s, slot) || at.mutation.get(s, slot, WAITED_BY) != NOBODY) {
        continue;
      }
      for (int r = 0; r < LogState.REPLICAS; r++) {
        if (!has(s, slot, r)) {
          if (deliver(trial, slot, r)) {
            System.arraycopy(s, 0, trial, 0, s.length);
          } else {
            at.mutation.set(s, slot, had, at.mutation.get(s, slot, had) | 1 << r);
          }
        }
      }
      if (at.mutation.get(s, slot, had) == ALL) {
        at.mutation.clearRow(s, slot);
      }
    }
    sort(s);
  }

  /** By insertion: there are few, and mostly in order. */
  private void sort(byte[] s) {
    byte[] row = null;
    for (int i = 1; i < slots(); i++) {
      for (int j = i; j > 0 && at.mutation.compareRows(s, j - 1, j) < 0; j--) {
        row = row == null ? new byte[s.length] : row;
        at.mutation.copyRow(s, j, row, j);
        at.mutation.copyRow(s, j - 1, s, j);
        at.mutation.copyRow(row, j, s, j - 1);
      }
    }
  }

  /** Which mutations a replica has, as one number a mutation, for putting replicas in order. */
  int compareReplicas(byte[] s, int one, int other) {
    for (int slot = 0; slot < slots(); slot++) {
      int difference =
          (at.mutation.get(s, slot, had) >> one & 1) - (at.mutation.get(s, slot, had) >> other & 1);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  void rename(byte[] s, int[] newName) {
    for (int slot = 0; slot < slots(); slot++) {
      int old = at.mutation.get(s, slot, had);
      int renamed = 0;
      for (int r = 0; r < LogState.REPLICAS; r++) {
        renamed |= (old >> r & 1) << newName[r];
      }
      at.mutation.set(s, slot, had, renamed);
    }
  }

  String show(byte[] s, int slot) {
    int first = first(s, slot);
    switch (at.mutation.get(s, slot, KIND)) {
      case INDEX_ROW:
        return "index row of bucket " + first;
      case HINT:
        return "hint to " + first;
      case MARK:
        return "mark on " + first + " at " + at.mutation.get(s, slot, TIME);
      default:
        StringBuilder text = new StringBuilder();
        if (at.mutation.get(s, slot, FENCE_FROM) != 0) {
          text.append("fence from ").append(at.mutation.get(s, slot, FENCE_FROM));
          text.append(" at ").append(at.mutation.get(s, slot, FENCE_TIME)).append(' ');
        }
        for (int i = 0; i < count(s, slot); i++) {
          text.append(first + i).append("=m").append(message(s, slot, i)).append(' ');
        }
        return text + "at " + at.mutation.get(s, slot, TIME);
    }
  }
}
