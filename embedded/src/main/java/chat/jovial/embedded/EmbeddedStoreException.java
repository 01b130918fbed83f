package chat.jovial.embedded;

/** Failure of an embedded store. The message tells the operator what is wrong and what to do. */
public final class EmbeddedStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EmbeddedStoreException(String message) {
    super(message);
  }

  public EmbeddedStoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
