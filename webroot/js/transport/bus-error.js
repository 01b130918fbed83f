/**
 * A request that did not succeed. `code` is one of the contract's codes (`invalid_request`, `conflict`, ...)
 * or one of ours: `disconnected` (the connection ended before the reply) and `timeout` (no reply came).
 * After those two nobody knows whether the request took effect.
 */
export class BusError extends Error {
  constructor(code, explanation, { status = 0, details = {} } = {}) {
    super(explanation || code);
    this.name = 'BusError';
    this.code = code;
    this.status = status;
    this.details = details;
  }

  /** Reads the bridge's error frame, whose message is `<code>: <explanation>`. */
  static fromFrame(frame) {
    const message = String(frame.message ?? 'internal: no explanation');
    const colon = message.indexOf(':');
    const code = colon < 0 ? message : message.slice(0, colon);
    const explanation = colon < 0 ? message : message.slice(colon + 1).trim();
    return new BusError(code, explanation, {
      status: frame.failureCode,
      details: frame.details ?? {},
    });
  }

  static disconnected() {
    return new BusError('disconnected', 'The connection was lost before the server answered.');
  }

  static timeout() {
    return new BusError('timeout', 'The server did not answer in time.');
  }

  /** True when no answer came at all, whether the request took effect or not. */
  get lost() {
    return this.code === 'disconnected' || (this.code === 'timeout' && !this.status);
  }

  /** True when the same request may succeed later without anything being changed. */
  get temporary() {
    return ['disconnected', 'timeout', 'try_again', 'rate_limited', 'internal'].includes(this.code);
  }

  /** How long the server asks us to wait, in milliseconds, or 0. */
  get retryAfterMs() {
    return Number(this.details.retry_after_ms) || 0;
  }
}
