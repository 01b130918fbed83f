package chat.jovial.contract.codec;

/** Bytes from another node that are not what a codec writes. */
final class WireFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WireFormatException(String message) {
    super(message);
  }
}
