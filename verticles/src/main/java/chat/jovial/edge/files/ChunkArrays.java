package chat.jovial.edge.files;

import chat.jovial.contract.fss.Chunks;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Arrays of a chunk's size that are used again: as garbage they would live long enough to fill the
 * collector's old generation. Any thread.
 */
final class ChunkArrays {
  /** 32 MiB: two on their way and one being filled, for twenty uploads at once. */
  private static final int MAX_KEPT = 64;

  private final Deque<byte[]> free = new ArrayDeque<>();

  /** What is in it is of no meaning. */
  synchronized byte[] take() {
    byte[] kept = free.poll();
    return kept == null ? new byte[Chunks.SIZE] : kept;
  }

  /** For an array that nobody reads any more; of another size it is left to the collector. */
  synchronized void giveBack(byte[] array) {
    if (array.length == Chunks.SIZE && free.size() < MAX_KEPT) {
      free.push(array);
    }
  }
}
