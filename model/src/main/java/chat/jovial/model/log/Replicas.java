package chat.jovial.model.log;

import static chat.jovial.model.log.LogState.GONE;
import static chat.jovial.model.log.LogState.HUSK;
import static chat.jovial.model.log.LogState.REPLICAS;

import java.util.Set;

/**
 * Rows as Cassandra keeps them: the later timestamp wins, a removal wins over what is as old, and a
 * read of two replicas shows what would win.
 */
final class Replicas {
  private final LogState at;
  private final Set<LogRule> without;

  Replicas(LogState at, Set<LogRule> without) {
    this.at = at;
    this.without = without;
  }

  // ---- One replica. Each says whether it changed anything.

  boolean putEntry(byte[] s, int r, int q, int time, int message, int base) {
    if (time <= at.entryFence.get(s, r, q)
        || row(time, message, base)
            <= row(
                at.entryTime.get(s, r, q),
                at.entryMessage.get(s, r, q),
                at.entryBase.get(s, r, q))) {
      return false;
    }
    at.entryTime.set(s, r, q, time);
    at.entryMessage.set(s, r, q, message);
    at.entryBase.set(s, r, q, base);
    return true;
  }

  boolean fenceEntry(byte[] s, int r, int q, int time) {
    if (time <= at.entryFence.get(s, r, q)) {
      return false;
    }
    at.entryFence.set(s, r, q, time);
    if (at.entryTime.get(s, r, q) <= time) {
      at.entryTime.set(s, r, q, 0);
      at.entryMessage.set(s, r, q, 0);
      at.entryBase.set(s, r, q, 0);
    }
    return true;
  }

  boolean putBody(byte[] s, int r, int q, int time, int text) {
    int kept = at.expired.get(s, r, 0) != 0 ? afterExpiry(text) : text;
    if (time <= at.bodyFence.get(s, r, q)
        || row(0, time, kept) <= row(0, at.bodyTime.get(s, r, q), at.bodyText.get(s, r, q))) {
      return false;
    }
    at.bodyTime.set(s, r, q, time);
    at.bodyText.set(s, r, q, kept);
    return true;
  }

  boolean fenceBody(byte[] s, int r, int q, int time) {
    if (time <= at.bodyFence.get(s, r, q)) {
      return false;
    }
    at.bodyFence.set(s, r, q, time);
    if (at.bodyTime.get(s, r, q) <= time) {
      at.bodyTime.set(s, r, q, 0);
      at.bodyText.set(s, r, q, 0);
    }
    return true;
  }

  boolean putSend(byte[] s, int r, int message, int bucket, int time, int number) {
    int place = place(message, bucket);
    if (row(0, time, number)
        <= row(0, at.sendTime.get(s, r, place), at.sendNumber.get(s, r, place))) {
      return false;
    }
    at.sendTime.set(s, r, place, time);
    at.sendNumber.set(s, r, place, number);
    return true;
  }

  /** Expiring bodies lose their text on this replica. */
  void expire(byte[] s, int r) {
    at.expired.set(s, r, 0, 1);
    for (int q = 1; q <= at.bounds.numbers(); q++) {
      at.bodyText.set(s, r, q, afterExpiry(at.bodyText.get(s, r, q)));
    }
  }

  private int afterExpiry(int text) {
    boolean expires =
        text > 0 && text <= at.bounds.messages() && at.bounds.kind(text) == LogBounds.EXPIRING;
    return !expires ? text : without.contains(LogRule.EXPIRED_LEAVES_ROW) ? GONE : HUSK;
  }

  // ---- Two replicas

  /** A row in one number: it is greater if it wins. */
  static int row(int time, int message, int base) {
    return time << 16 | message << 8 | base;
  }

  static int timeOf(int row) {
    return row >> 16;
  }

  static int messageOf(int row) {
    return row >> 8 & 0xff;
  }

  static int baseOf(int row) {
    return row & 0xff;
  }

  int entry(byte[] s, int i, int j, int q) {
    int one =
        row(at.entryTime.get(s, i, q), at.entryMessage.get(s, i, q), at.entryBase.get(s, i, q));
    int other =
        row(at.entryTime.get(s, j, q), at.entryMessage.get(s, j, q), at.entryBase.get(s, j, q));
    int fence = Math.max(at.entryFence.get(s, i, q), at.entryFence.get(s, j, q));
    int shown = Math.max(one, other);
    return timeOf(shown) > fence ? shown : 0;
  }

  /** The content of a body's row, {@link LogState#NO_ROW} if there is none. */
  int body(byte[] s, int i, int j, int q) {
    int one = row(0, at.bodyTime.get(s, i, q), at.bodyText.get(s, i, q));
    int other = row(0, at.bodyTime.get(s, j, q), at.bodyText.get(s, j, q));
    int fence = Math.max(at.bodyFence.get(s, i, q), at.bodyFence.get(s, j, q));
    int shown = Math.max(one, other);
    int text = messageOf(shown) > fence ? baseOf(shown) : LogState.NO_ROW;
    return text == GONE ? LogState.NO_ROW : text;
  }

  int send(byte[] s, int i, int j, int message, int bucket) {
    int place = place(message, bucket);
    return baseOf(
        Math.max(
            row(0, at.sendTime.get(s, i, place), at.sendNumber.get(s, i, place)),
            row(0, at.sendTime.get(s, j, place), at.sendNumber.get(s, j, place))));
  }

  // ---- Repair of what a read has shown

  void repairEntry(byte[] s, int i, int j, int q) {
    if (!without.contains(LogRule.READ_REPAIR)) {
      copyEntry(s, i, j, q);
      copyEntry(s, j, i, q);
    }
  }

  /** Whether the other replica changed. */
  boolean copyEntry(byte[] s, int from, int to, int q) {
    boolean fenced = fenceEntry(s, to, q, at.entryFence.get(s, from, q));
    return putEntry(
            s,
            to,
            q,
            at.entryTime.get(s, from, q),
            at.entryMessage.get(s, from, q),
            at.entryBase.get(s, from, q))
        || fenced;
  }

  void repairBody(byte[] s, int i, int j, int q) {
    if (!without.contains(LogRule.READ_REPAIR)) {
      copyBody(s, i, j, q);
      copyBody(s, j, i, q);
    }
  }

  private void copyBody(byte[] s, int from, int to, int q) {
    fenceBody(s, to, q, at.bodyFence.get(s, from, q));
    putBody(s, to, q, at.bodyTime.get(s, from, q), at.bodyText.get(s, from, q));
  }

  void repairSend(byte[] s, int i, int j, int message, int bucket) {
    if (!without.contains(LogRule.READ_REPAIR)) {
      int place = place(message, bucket);
      putSend(s, j, message, bucket, at.sendTime.get(s, i, place), at.sendNumber.get(s, i, place));
      putSend(s, i, message, bucket, at.sendTime.get(s, j, place), at.sendNumber.get(s, j, place));
    }
  }

  private int place(int message, int bucket) {
    return message * at.bounds.buckets() + bucket - 1;
  }

  // ---- Pairs

  @FunctionalInterface
  interface Pair {
    void of(int i, int j);
  }

  /** The quorums of a read whose two replicas answer at the same time. */
  static void eachPair(Pair pair) {
    for (int i = 0; i < REPLICAS; i++) {
      for (int j = i + 1; j < REPLICAS; j++) {
        pair.of(i, j);
      }
    }
  }
}
