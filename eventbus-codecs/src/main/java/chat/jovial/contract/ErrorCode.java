package chat.jovial.contract;

import java.util.Locale;
import java.util.Optional;

/**
 * Every way in which an operation may fail. The names and statuses are part of the client contract.
 */
public enum ErrorCode {
  INVALID_REQUEST(400, false),
  UNAUTHENTICATED(401, false),
  FORBIDDEN(403, false),
  NOT_FOUND(404, false),
  CONFLICT(409, false),
  GONE(410, false),
  TOO_LARGE(413, false),
  RATE_LIMITED(429, true),
  INTERNAL(500, false),
  TRY_AGAIN(503, true),
  TIMEOUT(504, true);

  private final int status;
  private final boolean retryable;

  ErrorCode(int status, boolean retryable) {
    this.status = status;
    this.retryable = retryable;
  }

  /** The HTTP status, which is also the {@code failureCode} of the bridge protocol. */
  public int status() {
    return status;
  }

  /** Whether the same request may succeed later. */
  public boolean retryable() {
    return retryable;
  }

  /** The name on the wire, for example {@code invalid_request}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The code with that name on the wire. */
  public static Optional<ErrorCode> ofWireName(String wireName) {
    for (ErrorCode code : values()) {
      if (code.wireName().equals(wireName)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
