package chat.jovial.images;

import java.util.Optional;

/** Facts about an image that are known without decoding it. Safe for any bytes; any thread. */
public final class ImageFacts {
  private ImageFacts() {}

  /**
   * How large it is shown, turned as its camera says.
   *
   * @param head the first bytes of a file, the more the surer
   */
  public static Optional<Dimensions> of(byte[] head) {
    return ImageHeader.of(head).map(ImageHeader::shown);
  }
}
