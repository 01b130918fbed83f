package chat.jovial.images;

import java.util.Optional;

/**
 * Header of an image.
 *
 * @param width as it is stored
 * @param height as it is stored
 * @param orientation how it is to be turned before it is shown, 1 to 8 (EXIF 2.3, tag 274)
 * @param progressive whether it can only be decoded as a whole
 */
record ImageHeader(Format format, int width, int height, int orientation, boolean progressive) {
  enum Format {
    JPEG,
    PNG,
    GIF,
    BMP,
    WEBP,
    /** AVIF and HEIC. */
    HEIF
  }

  /** More than any camera makes; keeps products of two within a long, and nonsense out. */
  private static final int MAX_SIDE = 1_000_000;

  /** Orientations from here on lie on their side. */
  private static final int FIRST_TURNED = 5;

  static Optional<ImageHeader> of(byte[] head) {
    return HeaderParser.parse(new HeadBytes(head)).filter(ImageHeader::isPossible);
  }

  Dimensions shown() {
    return orientation >= FIRST_TURNED
        ? new Dimensions(height, width)
        : new Dimensions(width, height);
  }

  long pixels() {
    return (long) width * height;
  }

  private boolean isPossible() {
    return width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE;
  }
}
