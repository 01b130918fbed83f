package chat.jovial.edge.frames;

import chat.jovial.contract.ErrorCode;

/** Why the server closes a connection: a WebSocket close code, and a last error elsewhere. */
public enum CloseReason {
  GOING_AWAY(1001, ErrorCode.TRY_AGAIN, "the server is going away; reconnect"),
  CUT_OFF(1001, ErrorCode.TRY_AGAIN, "this server does not reach the others; reconnect"),
  UNREADABLE(1002, ErrorCode.INVALID_REQUEST, "the frames cannot be read"),
  TOO_LARGE(1009, ErrorCode.TOO_LARGE, "the frame is too large"),
  FAILED(1011, ErrorCode.INTERNAL, "the server failed on what was sent; its log has the reason"),
  SESSION_ENDED(4401, ErrorCode.UNAUTHENTICATED, "the session has ended; log in again"),
  NO_SESSION(4401, ErrorCode.UNAUTHENTICATED, "no session was opened in time"),
  TOO_SLOW(4408, ErrorCode.TIMEOUT, "reading too slowly; reconnect and sync"),
  IDLE(4408, ErrorCode.TIMEOUT, "silent for too long; reconnect and sync"),
  REPLACED(4409, ErrorCode.CONFLICT, "replaced by a newer connection; do not reconnect"),
  RATE(4429, ErrorCode.RATE_LIMITED, "far too many requests");

  private final int closeCode;
  private final ErrorCode error;
  private final String detail;

  CloseReason(int closeCode, ErrorCode error, String detail) {
    this.closeCode = closeCode;
    this.error = error;
    this.detail = detail;
  }

  public int closeCode() {
    return closeCode;
  }

  ErrorCode error() {
    return error;
  }

  public String detail() {
    return detail;
  }

  /** Whether the client is to come back at once, to whichever node takes it. */
  public boolean isReconnect() {
    return this == GOING_AWAY || this == CUT_OFF;
  }
}
