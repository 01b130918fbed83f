package chat.jovial.contract.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** The few forms of which the codecs' bytes are made; reading trusts no length. */
final class WireFormat {
  private static final int MAX_TAG_BYTES = 127;

  private WireFormat() {}

  static void appendTag(Buffer buffer, String tag) {
    byte[] bytes = tag.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > MAX_TAG_BYTES) {
      throw new IllegalArgumentException("tag too long: " + tag);
    }
    buffer.appendByte((byte) bytes.length).appendBytes(bytes);
  }

  static void appendBytes(Buffer buffer, byte[] bytes) {
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  /** Reads on from a position; refuses what does not fit into the bytes that are there. */
  static final class Reader {
    private final Buffer buffer;
    private int position;

    Reader(Buffer buffer, int position) {
      this.buffer = buffer;
      this.position = position;
    }

    void readVersion(byte newest) {
      checkAvailable(1);
      byte version = buffer.getByte(position++);
      if (version < 1 || version > newest) {
        throw new WireFormatException(
            "version " + version + " is not among those that this release reads, 1 to " + newest);
      }
    }

    String readTag() {
      checkAvailable(1);
      int length = buffer.getByte(position++);
      checkAvailable(length);
      String tag = buffer.getString(position, position + length, "US-ASCII");
      position += length;
      return tag;
    }

    byte[] readBytes() {
      checkAvailable(Integer.BYTES);
      int length = buffer.getInt(position);
      position += Integer.BYTES;
      checkAvailable(length);
      byte[] bytes = buffer.getBytes(position, position + length);
      position += length;
      return bytes;
    }

    private void checkAvailable(int length) {
      if (length < 0 || length > buffer.length() - position) {
        throw new WireFormatException(
            "length " + length + " where " + (buffer.length() - position) + " bytes are left");
      }
    }
  }
}
