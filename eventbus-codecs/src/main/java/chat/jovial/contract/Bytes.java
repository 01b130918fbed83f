package chat.jovial.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Bytes in a record: compared by what they are, never changed, and kept out of logs. */
public final class Bytes {
  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Copies nothing: whoever gives an array away changes it no more. */
  @JsonCreator
  public static Bytes of(byte[] array) {
    return new Bytes(array);
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
