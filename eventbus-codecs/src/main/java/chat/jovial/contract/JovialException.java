package chat.jovial.contract;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Map;

/**
 * The one exception with which operations fail. It is a reply exception, so that it crosses the
 * event bus as it is; the edge renders it for the client. It has no stack trace: it tells the
 * caller what is wrong with a request, not an operator what is wrong with the server.
 */
public final class JovialException extends ReplyException {
  private static final String RETRY_AFTER = "retry_after_ms";

  /** In the details: whether who refused, not being the owner, has certainly done nothing. */
  private static final String NOTHING_DONE = "nothing_done";

  private final ErrorCode code;
  private final String detail;
  private final Map<String, Object> details;

  /**
   * @param detail one sentence for a person: what is wrong, and what to do
   * @param details further facts for a program, JSON values only
   */
  public JovialException(ErrorCode code, String detail, Map<String, Object> details) {
    super(ReplyFailure.RECIPIENT_FAILURE, code.status(), code.wireName() + ": " + detail);
    this.code = code;
    this.detail = detail;
    this.details = Map.copyOf(details);
  }

  public JovialException(ErrorCode code, String detail) {
    this(code, detail, Map.of());
  }

  public static JovialException invalid(String detail) {
    return new JovialException(ErrorCode.INVALID_REQUEST, detail);
  }

  public static JovialException unauthenticated(String detail) {
    return new JovialException(ErrorCode.UNAUTHENTICATED, detail);
  }

  public static JovialException forbidden(String detail) {
    return new JovialException(ErrorCode.FORBIDDEN, detail);
  }

  public static JovialException notFound(String detail) {
    return new JovialException(ErrorCode.NOT_FOUND, detail);
  }

  public static JovialException conflict(String detail) {
    return new JovialException(ErrorCode.CONFLICT, detail);
  }

  public static JovialException gone(String detail) {
    return new JovialException(ErrorCode.GONE, detail);
  }

  public static JovialException tooLarge(String detail) {
    return new JovialException(ErrorCode.TOO_LARGE, detail);
  }

  public static JovialException internal() {
    return new JovialException(ErrorCode.INTERNAL, "the server failed; its log has the reason");
  }

  public static JovialException timeout() {
    return new JovialException(ErrorCode.TIMEOUT, "no answer in time; the outcome is not known");
  }

  public static JovialException tryAgain(String detail, Duration after) {
    return new JovialException(ErrorCode.TRY_AGAIN, detail, Map.of(RETRY_AFTER, after.toMillis()));
  }

  /**
   * Who was asked does not own the conversation, or does so no more. Understood by {@code
   * ServiceClient}, which asks again; clients see a plain {@code try_again}.
   *
   * @param nothingDone whether the request has certainly had no effect
   */
  public static JovialException notOwner(String detail, boolean nothingDone) {
    return new JovialException(
        ErrorCode.TRY_AGAIN, detail, Map.of(RETRY_AFTER, 1000, NOTHING_DONE, nothingDone));
  }

  public static JovialException rateLimited(String detail, Duration after) {
    return new JovialException(
        ErrorCode.RATE_LIMITED, detail, Map.of(RETRY_AFTER, Math.max(1, after.toMillis())));
  }

  /** Whatever went wrong, as something that may be told to a client. */
  public static JovialException of(Throwable failure) {
    if (failure instanceof JovialException known) {
      return known;
    }
    if (failure instanceof ReplyException reply) {
      return switch (reply.failureType()) {
        case TIMEOUT -> timeout();
        case NO_HANDLERS ->
            tryAgain("the service is not there at the moment", Duration.ofSeconds(1));
        default -> internal();
      };
    }
    return internal();
  }

  public ErrorCode code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  public Map<String, Object> details() {
    return details;
  }

  /** Whether it was made by {@link #notOwner}. */
  public boolean isNotOwner() {
    return details.containsKey(NOTHING_DONE);
  }

  public boolean isNothingDone() {
    return Boolean.TRUE.equals(details.get(NOTHING_DONE));
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
