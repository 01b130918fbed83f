package chat.jovial.edge.files.download;

/** Bytes of a file from {@code first} to {@code last}, both included, counted from 0. */
record ByteRange(long first, long last) {
  long length() {
    return last - first + 1;
  }

  boolean overlaps(ByteRange other) {
    return first <= other.last && other.first <= last;
  }
}
