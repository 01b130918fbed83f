package chat.jovial.images;

/** No preview can be made of an image: not now, not later. */
public final class NoPreviewException extends Exception {
  private static final long serialVersionUID = 1;

  NoPreviewException(String reason) {
    super(reason);
  }

  NoPreviewException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
