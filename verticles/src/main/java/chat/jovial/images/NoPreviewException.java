package chat.jovial.images;

/** Failure because no preview can be made of an image, now or later. */
public final class NoPreviewException extends Exception {
  private static final long serialVersionUID = 1;

  NoPreviewException(String reason) {
    super(reason);
  }

  NoPreviewException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
