package chat.jovial.client.connection;

import org.jspecify.annotations.Nullable;

/**
 * Reason why a connection is over. On TCP the server says it in a last {@code err} frame without
 * address, whose details hold the close code that a WebSocket would have had.
 */
public record Closed(int code, String reason) {
  /** It broke, or nobody answered. */
  public static final int BROKEN = 0;

  public static final int GOING_AWAY = 1001;
  public static final int SESSION_ENDED = 4401;
  public static final int REPLACED = 4409;
  public static final int RATE = 4429;

  static Closed broken(@Nullable String reason) {
    return new Closed(BROKEN, reason == null ? "the connection broke" : reason);
  }
}
