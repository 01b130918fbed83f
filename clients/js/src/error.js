/**
 * @typedef {import('./types.js').ErrorCode} ErrorCode
 */

/** Codes after which the same request may succeed later, or has succeeded already. */
const TEMPORARY = new Set(['offline', 'timeout', 'try_again', 'rate_limited']);

/**
 * Failure of a request. `code` is one of the protocol's (`invalid_request`, `conflict`, ...) or one of the kit's own:
 * `offline` (there is no connection, or it ended before the reply), `closed` (the client was closed), `ended` (the session has
 * ended), `storage` (the device could not keep it), `discarded` (by `discard`) and `store_in_use` (by another process).
 */
export class JovialError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} explanation
   * @param {{status?: number, details?: Record<string, any>, cause?: unknown}} [more]
   */
  constructor(code, explanation, { status = 0, details = {}, cause } = {}) {
    super(explanation || code, cause === undefined ? undefined : { cause });
    this.name = 'JovialError';
    this.code = code;
    this.status = status;
    this.details = details;
  }

  /**
   * Reads the bridge's error frame, whose message is `<code>: <explanation>`.
   * @param {any} frame
   */
  static fromFrame(frame) {
    const message = String(frame.message ?? 'internal: no explanation');
    const colon = message.indexOf(':');
    const code = /** @type {ErrorCode} */ (colon < 0 ? message : message.slice(0, colon));
    const explanation = colon < 0 ? message : message.slice(colon + 1).trim();
    return new JovialError(code, explanation, { status: frame.failureCode, details: frame.details ?? {} });
  }

  /**
   * From what went through a channel between tabs.
   * @param {any} plain
   */
  static from(plain) {
    return new JovialError(plain.code ?? 'internal', plain.message ?? String(plain), plain);
  }

  static offline() {
    return new JovialError('offline', 'The connection was lost before the server answered.');
  }

  static closed() {
    return new JovialError('closed', 'This client is closed.');
  }

  static timeout() {
    return new JovialError('timeout', 'The server did not answer in time.');
  }

  /** True when no answer came at all, whether the request took effect or not. */
  get lost() {
    return this.code === 'offline' || (this.code === 'timeout' && !this.status);
  }

  /** True when the same request may succeed later without anything being changed. */
  get temporary() {
    return TEMPORARY.has(this.code);
  }

  /** How long the server asks to wait, in milliseconds, or 0. */
  get retryAfterMs() {
    return Number(this.details.retry_after_ms) || 0;
  }

  /** What can be stored or sent to another tab. */
  toJSON() {
    return { code: this.code, message: this.message, status: this.status, details: this.details };
  }
}
