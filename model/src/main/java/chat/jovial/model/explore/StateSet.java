package chat.jovial.model.explore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Set of the states that were met, by a 64-bit hash each. Two states with the same hash count as
 * one: among ten million states that happens with a probability of three in a million, and a state
 * would then be left out, not invented.
 */
final class StateSet {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_SIZE = 1 << 16;

  private long[] table = new long[FIRST_SIZE];
  private int size;

  /** Whether the state is new. */
  boolean add(byte[] state) {
    if (size > table.length * 0.6) {
      grow();
    }
    if (!insert(table, hash(state))) {
      return false;
    }
    size++;
    return true;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long hash : table) {
      if (hash != 0) {
        insert(larger, hash);
      }
    }
    table = larger;
  }

  private static boolean insert(long[] table, long hash) {
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & mask;
    }
    table[at] = hash;
    return true;
  }

  /** Multiply and shift, eight bytes at a time (constants of MurmurHash3's finalizer). */
  private static long hash(byte[] state) {
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < state.length; i += Long.BYTES) {
      hash = (hash ^ (long) LONG.get(state, i)) * 0xff51afd7ed558ccdL;
      hash ^= hash >>> 32;
    }
    hash *= 0xc4ceb9fe1a85ec53L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }
}
