package chat.jovial.client.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Failure of a request; {@link #code} says how. */
public final class JovialException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** There is no open session, or it broke before the reply came. */
  public static final String OFFLINE = "offline";

  /** No reply came in time; what was asked for may have happened. */
  public static final String TIMEOUT = "timeout";

  /** The session is over: the person has to log in again. */
  public static final String ENDED = "ended";

  /** The client was closed. */
  public static final String CLOSED = "closed";

  /** The device could not keep it. */
  public static final String STORAGE = "storage";

  /** The server's answers after which nothing happened and the same again would fail again. */
  private static final Set<String> DEFINITE =
      Set.of("invalid_request", "forbidden", "not_found", "conflict", "gone", "too_large");

  private final String code;
  private final String detail;
  private final @Nullable Duration retryAfter;
  private final @Nullable Instant serverTime;

  public JovialException(String code, String message) {
    this(code, message, null, null);
  }

  public JovialException(
      String code, String message, @Nullable Duration retryAfter, @Nullable Instant serverTime) {
    super(message);
    this.code = code;
    this.detail = message;
    this.retryAfter = retryAfter;
    this.serverTime = serverTime;
  }

  /** A code of the protocol, such as {@code forbidden}, or one of the constants here. */
  public String code() {
    return code;
  }

  /** The same as the message, which an exception may lack and this one does not. */
  public String detail() {
    return detail;
  }

  /** How long the server asks to wait. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** The server's time, if the client's clock was what it refused. */
  public @Nullable Instant serverTime() {
    return serverTime;
  }

  /** Whether the server refused it permanently and did nothing. */
  public boolean isDefinite() {
    return DEFINITE.contains(code);
  }
}
