package chat.jovial.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Picks the few fields that the generator needs out of a frame, in one pass and without making
 * objects. It reads any order of fields and any spacing; it does not check that the rest is JSON.
 * Confined to one thread; the results are those of the last {@link #scan}.
 */
public final class FrameScanner {
  private static final byte[] TYPE = bytes("type");
  private static final byte[] ADDRESS = bytes("address");
  private static final byte[] MESSAGE = bytes("message");
  private static final byte[] SEQ = bytes("seq");
  private static final byte[] CLIENT_ID = bytes("client_id");
  private static final byte[] EVENT = bytes("event");
  private static final byte[] RETRY_AFTER_MS = bytes("retry_after_ms");
  private static final byte[] ERR = bytes("err");
  private static final byte[] PONG = bytes("pong");
  private static final byte[] INBOX = bytes("inbox");

  /** The depth at which a frame's own fields are; those of its body are one deeper. */
  private static final int FRAME = 1;

  private static final int BODY = 2;

  private FrameKind kind = FrameKind.OTHER;
  private long addressValue;
  private long clientValue;
  private long seq;
  private String error = "";
  private long retryAfterMillis;

  private boolean isError;
  private boolean isInbox;
  private boolean isMessage;
  private boolean isPong;

  /** What {@code bytes[0, length)} is. */
  public FrameKind scan(byte[] bytes, int length) {
    addressValue = -1;
    clientValue = -1;
    seq = -1;
    error = "";
    retryAfterMillis = 0;
    isError = false;
    isInbox = false;
    isMessage = false;
    isPong = false;
    walk(bytes, length);
    if (isError) {
      kind = FrameKind.ERROR;
    } else if (isInbox) {
      kind = isMessage ? FrameKind.PUSHED_MESSAGE : FrameKind.OTHER;
    } else if (addressValue >= 0) {
      kind = FrameKind.REPLY;
    } else {
      kind = isPong ? FrameKind.PONG : FrameKind.OTHER;
    }
    return kind;
  }

  /** Pair and number from the address of a reply or an error; -1 if it has none of ours. */
  public long addressValue() {
    return addressValue;
  }

  /** Pair and number from the body's client id; -1 if it has none of ours. */
  public long clientValue() {
    return clientValue;
  }

  public long seq() {
    return seq;
  }

  /** {@code code: explanation} of an error. */
  public String error() {
    return error;
  }

  /** How long the server asks to wait after an error; 0 if it does not say. */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  private void walk(byte[] in, int length) {
    int depth = 0;
    int i = 0;
    while (i < length) {
      byte c = in[i];
      if (c == '"') {
        int end = endOfString(in, i + 1, length);
        int value = afterColon(in, end + 1, length);
        // A string that no colon follows is a value, and none that anyone asked for.
        i = value < 0 ? end + 1 : field(in, i + 1, end, value, length, depth);
      } else {
        if (c == '{' || c == '[') {
          depth++;
        } else if (c == '}' || c == ']') {
          depth--;
        }
        i++;
      }
    }
  }

  /** Takes a field's value if it is wanted; returns where to go on. */
  private int field(byte[] in, int key, int keyEnd, int value, int length, int depth) {
    int first = value < length ? in[value] : 0;
    if (first == '"') {
      int from = value + 1;
      int end = endOfString(in, from, length);
      if (depth == FRAME) {
        frameField(in, key, keyEnd, from, end);
      } else if (depth == BODY && is(in, key, keyEnd, CLIENT_ID)) {
        clientValue = MessageId.read(in, from, end - from);
      } else if (depth == BODY && is(in, key, keyEnd, EVENT)) {
        isMessage = is(in, from, end, MESSAGE);
      }
      return end + 1;
    }
    if (depth == BODY && is(in, key, keyEnd, SEQ)) {
      seq = number(in, value, length);
    } else if (depth == BODY && is(in, key, keyEnd, RETRY_AFTER_MS)) {
      retryAfterMillis = number(in, value, length);
    }
    return value;
  }

  private void frameField(byte[] in, int key, int keyEnd, int from, int end) {
    if (is(in, key, keyEnd, TYPE)) {
      isError = is(in, from, end, ERR);
      isPong = is(in, from, end, PONG);
    } else if (is(in, key, keyEnd, ADDRESS)) {
      isInbox = is(in, from, end, INBOX);
      addressValue = MessageId.read(in, from, end - from);
    } else if (is(in, key, keyEnd, MESSAGE)) {
      error = new String(in, from, end - from, StandardCharsets.UTF_8);
    }
  }

  private static int endOfString(byte[] in, int from, int length) {
    int i = from;
    while (i < length && in[i] != '"') {
      i += in[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, length);
  }

  private static int afterColon(byte[] in, int from, int length) {
    int i = skipSpace(in, from, length);
    return i < length && in[i] == ':' ? skipSpace(in, i + 1, length) : -1;
  }

  private static int skipSpace(byte[] in, int from, int length) {
    int i = from;
    while (i < length && in[i] <= ' ' && in[i] >= 0) {
      i++;
    }
    return i;
  }

  private static long number(byte[] in, int from, int length) {
    long value = 0;
    for (int i = from; i < length && in[i] >= '0' && in[i] <= '9'; i++) {
      value = value * 10 + (in[i] - '0');
    }
    return value;
  }

  private static boolean is(byte[] in, int from, int end, byte[] word) {
    return Arrays.equals(in, from, end, word, 0, word.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
