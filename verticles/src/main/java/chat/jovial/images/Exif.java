package chat.jovial.images;

/** Reader of the orientation in EXIF, the one field that is needed to show a picture. */
final class Exif {
  private static final int UPRIGHT = 1;
  private static final int LAST_ORIENTATION = 8;
  private static final int ORIENTATION_TAG = 274;
  private static final int ENTRY_BYTES = 12;

  /** Entries of a directory; cameras write some thirty. */
  private static final int MAX_ENTRIES = 512;

  private Exif() {}

  /**
   * @param begin of the TIFF header, from which its offsets count
   * @param end of the segment
   */
  static int orientation(HeadBytes bytes, int begin, int end) {
    boolean little = bytes.has(begin, "II*\0");
    if (!little && !bytes.has(begin, "MM\0*")) {
      return UPRIGHT;
    }
    int offset = little ? bytes.fourLittle(begin + 4) : bytes.four(begin + 4);
    if (offset < 0 || offset > end - begin) {
      return UPRIGHT;
    }
    int directory = begin + offset;
    int entries = Math.min(MAX_ENTRIES, two(bytes, directory, little));
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + i * ENTRY_BYTES;
      if (entry + ENTRY_BYTES > end) {
        return UPRIGHT;
      }
      if (two(bytes, entry, little) == ORIENTATION_TAG) {
        int value = two(bytes, entry + 8, little);
        return value >= UPRIGHT && value <= LAST_ORIENTATION ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private static int two(HeadBytes bytes, int position, boolean little) {
    return little ? bytes.twoLittle(position) : bytes.two(position);
  }
}
