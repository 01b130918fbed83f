package chat.jovial.mds.idempotency;

import java.util.UUID;

/**
 * Hash table from (sender, UUID) to seq, in flat arrays: a busy conversation remembers the sends of
 * ten minutes, and objects for each would be most of the heap. Open addressing with linear probing;
 * nothing is removed.
 */
final class SeqTable {
  /** Not found. */
  static final long NONE = 0;

  private static final int INITIAL_SLOTS = 16;

  /** The high half of a UUID of version 7 is never zero, so zero marks a free slot. */
  private long[] high = new long[INITIAL_SLOTS];

  private long[] low = new long[INITIAL_SLOTS];
  private long[] seq = new long[INITIAL_SLOTS];
  private int[] sender = new int[INITIAL_SLOTS];
  private int size;

  int size() {
    return size;
  }

  void put(int senderNumber, UUID uuid, long value) {
    if (size + 1 > high.length / 4 * 3) {
      grow();
    }
    int slot = slot(senderNumber, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    if (high[slot] == 0) {
      size++;
    }
    set(slot, senderNumber, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits(), value);
  }

  long find(int senderNumber, UUID uuid) {
    int slot = slot(senderNumber, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    return high[slot] == 0 ? NONE : seq[slot];
  }

  private int slot(int senderNumber, long h, long l) {
    int mask = high.length - 1;
    long mixed = (h ^ Long.rotateLeft(l, 32) ^ senderNumber) * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & mask;
    while (high[slot] != 0
        && !(high[slot] == h && low[slot] == l && sender[slot] == senderNumber)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void set(int slot, int senderNumber, long h, long l, long value) {
    high[slot] = h;
    low[slot] = l;
    seq[slot] = value;
    sender[slot] = senderNumber;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    long[] oldSeq = seq;
    int[] oldSender = sender;
    int slots = oldHigh.length * 2;
    high = new long[slots];
    low = new long[slots];
    seq = new long[slots];
    sender = new int[slots];
    for (int i = 0; i < oldHigh.length; i++) {
      if (oldHigh[i] != 0) {
        set(
            slot(oldSender[i], oldHigh[i], oldLow[i]),
            oldSender[i],
            oldHigh[i],
            oldLow[i],
            oldSeq[i]);
      }
    }
  }
}
