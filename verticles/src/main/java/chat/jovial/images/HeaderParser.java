package chat.jovial.images;

import chat.jovial.images.ImageHeader.Format;
import java.util.Optional;

/**
 * Parser of the headers of common formats: no decoder reads what may be hostile, and no step goes
 * back, so it terminates.
 */
final class HeaderParser {
  private static final int UPRIGHT = 1;

  /** How far into a file the properties of an AVIF or HEIC image may lie. */
  private static final int MAX_HEIF_SEARCH = 64 * 1024;

  private HeaderParser() {}

  static Optional<ImageHeader> parse(HeadBytes bytes) {
    if (bytes.two(0) == 0xffd8) {
      return jpeg(bytes);
    }
    if (bytes.has(0, "\u0089PNG\r\n\u001a\n") && bytes.has(12, "IHDR")) {
      return header(Format.PNG, bytes.four(16), bytes.four(20));
    }
    if (bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a")) {
      return header(Format.GIF, bytes.twoLittle(6), bytes.twoLittle(8));
    }
    if (bytes.has(0, "BM") && bytes.fourLittle(14) >= 40) {
      // A negative height means that the first line is the upper one.
      return header(Format.BMP, bytes.fourLittle(18), Math.abs(bytes.fourLittle(22)));
    }
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) {
      return webp(bytes);
    }
    return bytes.has(4, "ftyp") ? heif(bytes) : Optional.empty();
  }

  private static Optional<ImageHeader> header(Format format, int width, int height) {
    return Optional.of(new ImageHeader(format, width, height, UPRIGHT, false));
  }

  /** ITU T.81, annex B: segments until the frame's header. */
  private static Optional<ImageHeader> jpeg(HeadBytes bytes) {
    int orientation = UPRIGHT;
    int position = 2;
    while (position + 4 <= bytes.length()) {
      if (bytes.at(position) != 0xff) {
        return Optional.empty();
      }
      int marker = bytes.at(position + 1);
      if (marker == 0xff) {
        position++;
        continue;
      }
      int length = bytes.two(position + 2);
      if (isFrame(marker)) {
        return Optional.of(
            new ImageHeader(
                Format.JPEG,
                bytes.two(position + 7),
                bytes.two(position + 5),
                orientation,
                isProgressive(marker)));
      }
      if (marker == 0xe1 && bytes.has(position + 4, "Exif\0\0")) {
        orientation = Exif.orientation(bytes, position + 10, position + 2 + length);
      }
      position += 2 + Math.max(2, length);
    }
    return Optional.empty();
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static boolean isProgressive(int marker) {
    return marker == 0xc2 || marker == 0xc6 || marker == 0xca || marker == 0xce;
  }

  private static Optional<ImageHeader> webp(HeadBytes bytes) {
    if (bytes.has(12, "VP8X")) {
      return header(Format.WEBP, bytes.threeLittle(24) + 1, bytes.threeLittle(27) + 1);
    }
    if (bytes.has(12, "VP8 ")) {
      return header(Format.WEBP, bytes.twoLittle(26) & 0x3fff, bytes.twoLittle(28) & 0x3fff);
    }
    if (bytes.has(12, "VP8L")) {
      int both = bytes.fourLittle(21);
      return header(Format.WEBP, (both & 0x3fff) + 1, (both >> 14 & 0x3fff) + 1);
    }
    return Optional.empty();
  }

  /** The largest of the images in it: the others are its preview and its parts. */
  private static Optional<ImageHeader> heif(HeadBytes bytes) {
    Optional<ImageHeader> largest = Optional.empty();
    int end = Math.min(bytes.length(), MAX_HEIF_SEARCH);
    for (int i = 8; i < end; i++) {
      if (bytes.at(i) == 'i' && bytes.has(i, "ispe")) {
        ImageHeader found =
            new ImageHeader(Format.HEIF, bytes.four(i + 8), bytes.four(i + 12), UPRIGHT, false);
        if (largest.isEmpty() || found.pixels() > largest.get().pixels()) {
          largest = Optional.of(found);
        }
      }
    }
    return largest;
  }
}
