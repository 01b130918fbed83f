package chat.jovial.bench.wire;

import java.nio.charset.StandardCharsets;

/**
 * The client id of a message: a genuine UUID of version 7 (RFC 9562) whose random bits carry the
 * pair and the number of the message, so that an answer tells what it belongs to without a map. The
 * same text is the reply address.
 */
public final class MessageId {
  /** Characters of a UUID as text. */
  public static final int LENGTH = 36;

  /** Bits of the message's number within its pair; a run of days fits. */
  private static final int NUMBER_BITS = 40;

  private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;
  private static final int MAX_PAIRS = 1 << 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private MessageId() {}

  public static long value(int pair, long number) {
    if (pair < 0 || pair >= MAX_PAIRS || number < 0 || number > NUMBER_MASK) {
      throw new IllegalArgumentException("pair " + pair + ", number " + number);
    }
    return ((long) pair << NUMBER_BITS) | number;
  }

  public static int pair(long value) {
    return (int) (value >>> NUMBER_BITS);
  }

  public static long number(long value) {
    return value & NUMBER_MASK;
  }

  /**
   * Writes the id's text.
   *
   * @param run 12 bits that tell one run from another
   * @param value pair and number, 60 bits
   */
  public static void write(byte[] out, int at, long unixMillis, int run, long value) {
    hex(out, at, unixMillis >>> 16, 8);
    out[at + 8] = '-';
    hex(out, at + 9, unixMillis, 4);
    out[at + 13] = '-';
    out[at + 14] = '7';
    hex(out, at + 15, run, 3);
    out[at + 18] = '-';
    out[at + 19] = '8';
    hex(out, at + 20, value >>> 48, 3);
    out[at + 23] = '-';
    hex(out, at + 24, value, 12);
  }

  /** Pair and number from an id's text, or -1 if it is not one that {@link #write} made. */
  public static long read(byte[] in, int at, int length) {
    if (length != LENGTH || in[at + 14] != '7' || in[at + 19] != '8') {
      return -1;
    }
    long high = unhex(in, at + 20, 3);
    long low = unhex(in, at + 24, 12);
    return high < 0 || low < 0 ? -1 : (high << 48) | low;
  }

  private static void hex(byte[] out, int at, long value, int digits) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      out[i] = HEX[(int) (rest & 15)];
      rest >>>= 4;
    }
  }

  private static long unhex(byte[] in, int at, int digits) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(in[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }
}
