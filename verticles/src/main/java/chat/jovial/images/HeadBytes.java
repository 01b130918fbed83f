package chat.jovial.images;

import java.nio.charset.StandardCharsets;

/** Reader of numbers in untrusted bytes: those beyond the end are 0. */
record HeadBytes(byte[] all) {
  int length() {
    return all.length;
  }

  int at(int position) {
    return position >= 0 && position < all.length ? all[position] & 0xff : 0;
  }

  /** Big-endian. */
  int two(int position) {
    return at(position) << 8 | at(position + 1);
  }

  /** Big-endian; negative if it is beyond what an int has. */
  int four(int position) {
    return two(position) << 16 | two(position + 2);
  }

  int twoLittle(int position) {
    return at(position + 1) << 8 | at(position);
  }

  int threeLittle(int position) {
    return at(position + 2) << 16 | twoLittle(position);
  }

  int fourLittle(int position) {
    return twoLittle(position + 2) << 16 | twoLittle(position);
  }

  boolean has(int position, String ascii) {
    byte[] expected = ascii.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < expected.length; i++) {
      if (at(position + i) != (expected[i] & 0xff)) {
        return false;
      }
    }
    return position + expected.length <= all.length;
  }
}
