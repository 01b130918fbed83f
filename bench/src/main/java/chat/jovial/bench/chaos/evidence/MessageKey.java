package chat.jovial.bench.chaos.evidence;

/**
 * Which message it is: the device that was told to send it and its number there, in one long. The
 * text of every message says so, whatever happens to its {@code client_id}.
 */
public final class MessageKey {
  /** An entry that no device of this run was told to send. */
  public static final long UNKNOWN = -1;

  private static final String MARK = "chaos ";

  private MessageKey() {}

  public static long of(int device, int number) {
    return (long) device << Integer.SIZE | number;
  }

  public static int device(long key) {
    return (int) (key >> Integer.SIZE);
  }

  public static int number(long key) {
    return (int) key;
  }

  /** The text of a message. */
  public static String text(int device, int number, String filler) {
    return MARK + device + "." + number + " " + filler;
  }

  /** What {@link #text} was made of; {@link #UNKNOWN} for any other text. */
  public static long parse(String text) {
    int dot = text.indexOf('.');
    int end = text.indexOf(' ', MARK.length());
    if (!text.startsWith(MARK) || dot < 0 || end < dot) {
      return UNKNOWN;
    }
    try {
      return of(
          Integer.parseInt(text, MARK.length(), dot, 10), Integer.parseInt(text, dot + 1, end, 10));
    } catch (NumberFormatException e) {
      return UNKNOWN;
    }
  }

  public static String describe(long key) {
    return key == UNKNOWN
        ? "an entry that nobody sent"
        : "message " + number(key) + " of device " + device(key);
  }
}
