package chat.jovial.images;

/**
 * Walk over the blocks of a GIF (GIF89a specification) up to its first image. The JDK's decoder
 * puts the parts of an extension together by copying them again for each: what is long costs the
 * square of its length, so what no encoder writes is refused before.
 */
final class GifBlocks {
  /** Comments and metadata before the first image; encoders write some KiB. */
  private static final int MAX_EXTENSION_BYTES = 256 * 1024;

  private static final int HEADER_BYTES = 13;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;

  private GifBlocks() {}

  /** Whether there is an image behind extensions of a usual length. */
  static boolean reachImage(byte[] gif) {
    HeadBytes bytes = new HeadBytes(gif);
    int position = HEADER_BYTES + colourTableBytes(bytes.at(10));
    int extensions = position;
    while (position < bytes.length() && position - extensions <= MAX_EXTENSION_BYTES) {
      int block = bytes.at(position);
      if (block != EXTENSION) {
        return block == IMAGE;
      }
      position += 2;
      for (int size = bytes.at(position);
          size != 0 && position < bytes.length();
          size = bytes.at(position)) {
        position += 1 + size;
      }
      position++;
    }
    return false;
  }

  private static int colourTableBytes(int flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 0x07) + 1);
  }
}
