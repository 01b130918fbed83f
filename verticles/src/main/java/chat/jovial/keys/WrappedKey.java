package chat.jovial.keys;

import org.jspecify.annotations.Nullable;

/**
 * Data key as it is stored.
 *
 * @param bytes of no use without the master key
 * @param master the id of that master key
 */
public record WrappedKey(byte[] bytes, String master) {
  /** By content, for records compare arrays by identity. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WrappedKey that
        && java.util.Arrays.equals(bytes, that.bytes)
        && master.equals(that.master);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(bytes) * 31 + master.hashCode();
  }

  /** Never the bytes. */
  @Override
  public String toString() {
    return "WrappedKey[by " + master + "]";
  }
}
