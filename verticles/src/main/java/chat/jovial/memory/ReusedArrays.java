package chat.jovial.memory;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Pool of arrays of one size: large ones, as garbage, live long enough to fill the collector's old
 * generation. Any thread.
 */
public final class ReusedArrays {
  private final int size;
  private final int maxKept;
  private final Deque<byte[]> free = new ArrayDeque<>();

  /**
   * @param size bytes of each
   * @param maxKept what is released beyond it is left to the collector
   */
  public ReusedArrays(int size, int maxKept) {
    this.size = size;
    this.maxKept = maxKept;
  }

  /** Bytes of each. */
  public int size() {
    return size;
  }

  /** What is in it is of no meaning. */
  public synchronized byte[] acquire() {
    byte[] kept = free.poll();
    return kept == null ? new byte[size] : kept;
  }

  /** For an array that nobody reads any more; one of another size is left to the collector. */
  public synchronized void release(byte[] array) {
    if (array.length == size && free.size() < maxKept) {
      free.push(array);
    }
  }
}
