package chat.jovial.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bytes in a record: compared by what they are, never changed, and kept out of logs. */
public final class Bytes {
  private final byte[] array;
  private @Nullable Consumer<byte[]> lender;

  private Bytes(byte[] array, @Nullable Consumer<byte[]> lender) {
    this.array = array;
    this.lender = lender;
  }

  /** Copies nothing: whoever gives an array away changes it no more. */
  @JsonCreator
  public static Bytes of(byte[] array) {
    return new Bytes(array, null);
  }

  /**
   * Bytes in an array that is used again.
   *
   * @param lender gets it back when the last reader says so, if they do
   */
  public static Bytes lent(byte[] array, Consumer<byte[]> lender) {
    return new Bytes(array, lender);
  }

  /** For their only reader, who reads them no more; without it the collector gets them. */
  public void giveBack() {
    Consumer<byte[]> waiting = lender;
    lender = null;
    if (waiting != null) {
      waiting.accept(array);
    }
  }

  /** Not a copy: to be read only. In JSON it is base 64. */
  @JsonValue
  public byte[] array() {
    return array;
  }

  public int length() {
    return array.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(bytes.array, array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "Bytes[" + array.length + "]";
  }
}
