package chat.jovial.keys;

/**
 * Failure because the master keys are not those that the store needs; the message tells an operator
 * what to do.
 */
public final class MasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MasterKeyException(String message) {
    super(message);
  }

  MasterKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
