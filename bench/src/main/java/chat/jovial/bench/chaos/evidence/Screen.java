package chat.jovial.bench.chaos.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Record of what one device showed of one conversation, in order, over all lives of the device. A
 * life begins with the view of the local store; what is in it counts as shown then, unless it was
 * before. Guarded by its conversation's lock.
 */
public final class Screen {
  private long[] seqs = new long[64];
  private long[] keys = new long[64];
  private long[] nanos = new long[64];
  private int size;
  private final List<Life> lives = new ArrayList<>();
  private final BitSet everShown = new BitSet();

  /**
   * One life of the device.
   *
   * @param first index of the first entry that it showed live
   * @param view numbers that were in the local store when it began
   * @param viewInOrder whether that view was in order and without a gap
   */
  public record Life(int first, BitSet view, boolean viewInOrder) {}

  void begin(List<Row> view, long now) {
    BitSet held = new BitSet();
    boolean inOrder = true;
    long last = 0;
    for (Row row : view) {
      inOrder &= row.seq() == last + 1;
      last = row.seq();
      held.set((int) row.seq());
      if (!everShown.get((int) row.seq())) {
        add(row.seq(), row.key(), now);
      }
    }
    lives.add(new Life(size, held, inOrder));
  }

  void show(long seq, long key, long now) {
    add(seq, key, now);
  }

  private void add(long seq, long key, long now) {
    if (size == seqs.length) {
      seqs = Arrays.copyOf(seqs, 2 * size);
      keys = Arrays.copyOf(keys, 2 * size);
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    seqs[size] = seq;
    keys[size] = key;
    nanos[size++] = now;
    everShown.set((int) seq);
  }

  public int size() {
    return size;
  }

  public long seq(int index) {
    return seqs[index];
  }

  public long key(int index) {
    return keys[index];
  }

  public long nanos(int index) {
    return nanos[index];
  }

  public List<Life> lives() {
    return lives;
  }

  public boolean wasShown(long seq) {
    return everShown.get((int) seq);
  }

  /** The highest number shown so far; 0 if none. */
  public long highest() {
    return Math.max(0, everShown.length() - 1);
  }
}
