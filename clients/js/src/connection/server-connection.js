import { Close } from '../connection/bridge-connection.js';
import { Emitter } from '../emitter.js';
import { JovialError } from '../error.js';
import { claimsOf } from '../ids.js';

/** Errors of an opening that mean that our credentials are worth nothing any more. */
const FINAL = new Set(['unauthenticated', 'forbidden', 'not_found', 'gone', 'invalid_request', 'conflict']);
/** A failed opening is tried again after this long, in milliseconds. */
const REOPEN_MS = 1_000;
/** Tokens are renewed this long before they expire, in milliseconds; half of a short life at the most. */
const EARLY_MS = 60_000;
/** The least pause between two renewals, in milliseconds. */
const PAUSE_MS = 1_000;
/** The longest that setTimeout can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * @typedef {object} ServerEvents
 * @property {{state: import('../types.js').ConnectionState, reason: string}} state
 * @property {undefined} open each time events start again: sync now
 * @property {string} token the session was opened with this one
 * @property {any} push
 */

/**
 * Connection to the server as one user: it opens the device session, again after each loss, and renews tokens.
 *
 * `state`: `connecting`, `online` (a session is open and events come), `offline` (waiting for the next attempt),
 * `ended` (permanently: `reason` says why), `closed` (by the app).
 * @extends {Emitter<ServerEvents>}
 */
export class ServerConnection extends Emitter {
  #connection;
  #tokens;
  #deviceId;
  #clock;
  #openings = 0;
  #mustRenew = false;
  /** The token that the session was opened with. */
  #token = '';
  /** @type {any} */
  #timer;

  /** @type {import('../types.js').ConnectionState} */
  state = 'offline';
  reason = '';
  /** Where files are read, as the server said; `undefined` if it did not. @type {string | undefined} */
  httpUrl;

  /**
   * @param {import('../connection/bridge-connection.js').BridgeConnection} connection
   * @param {import('./tokens.js').Tokens} tokens
   * @param {import('../clock.js').ServerClock} clock
   * @param {string | undefined} deviceId
   */
  constructor(connection, tokens, clock, deviceId) {
    super();
    this.#clock = clock;
    this.#connection = connection;
    this.#tokens = tokens;
    this.#deviceId = deviceId;
    connection.on('open', () => this.#open());
    connection.on('state', (state) => this.#connectionIs(state));
    connection.on('closed', ({ code }) => this.#closed(code));
    connection.on('push', (event) => this.#pushed(event));
    connection.on(
      'refused',
      (error) => error.code === 'unauthenticated' && this.state === 'online' && this.#open(true),
    );
  }

  get online() {
    return this.state === 'online';
  }

  start() {
    this.#become('connecting');
    this.#connection.start();
  }

  /**
   * The server wants no more of us.
   * @param {string} reason
   */
  end(reason) {
    this.#stop();
    this.#become('ended', reason);
  }

  /** The app wants no more of it. */
  close() {
    this.#stop();
    this.#become('closed');
  }

  #stop() {
    this.#openings++;
    clearTimeout(this.#timer);
    this.#connection.stop();
  }

  /**
   * A request as this user; opens the session once more when the server does not know it any more.
   * @param {string} operation
   * @param {object} [body]
   * @param {{timeoutMs?: number}} [options]
   */
  async request(operation, body, options) {
    if (this.state === 'closed') throw JovialError.closed();
    if (this.state === 'ended') throw new JovialError('ended', this.reason || 'The session has ended.');
    if (!this.online) throw JovialError.offline();
    try {
      return await this.#connection.request(operation, body, options);
    } catch (error) {
      if (!(error instanceof JovialError) || error.code !== 'unauthenticated' || !this.online) throw error;
      await this.#open(true);
      if (!this.online) throw JovialError.offline();
      return this.#connection.request(operation, body, options);
    }
  }

  async #open(renew = false) {
    const opening = ++this.#openings;
    const stale = () => opening !== this.#openings;
    try {
      const mustRenew = (renew || this.#mustRenew) && this.#tokens.renewable;
      let token = await this.#tokens.get(mustRenew ? { renew: true, not: this.#token } : { renew: false });
      if (stale()) return;
      let opened;
      try {
        opened = await this.#openWith(token);
      } catch (error) {
        if (/** @type {any} */ (error).code !== 'unauthenticated' || !this.#tokens.renewable) throw error;
        token = await this.#tokens.get({ renew: true, not: token });
        if (stale()) return;
        opened = await this.#openWith(token);
      }
      if (!stale()) this.#opened(token, opened);
    } catch (error) {
      if (stale()) return;
      const { code, message, retryAfterMs } = /** @type {any} */ (error);
      if (FINAL.has(code)) this.end(message);
      else
        setTimeout(
          () => !stale() && this.#connection.state === 'open' && this.#open(),
          Math.max(retryAfterMs ?? 0, REOPEN_MS),
        );
    }
  }

  /** @param {string} token */
  #openWith(token) {
    return this.#connection.request('session.open', {
      user_token: token,
      ...(this.#deviceId ? { device_id: this.#deviceId } : {}),
    });
  }

  /**
   * @param {string} token
   * @param {any} reply
   */
  #opened(token, reply) {
    this.#mustRenew = false;
    this.#token = token;
    this.deviceId = reply.device_id;
    this.#clock.set(reply.server_time);
    if (typeof reply.http_url === 'string') this.httpUrl = reply.http_url;
    if (reply.ping_interval_ms) this.#connection.pingEvery(reply.ping_interval_ms);
    // Before the sync, so that nothing falls between the two.
    this.#connection.register('inbox');
    this.#scheduleRenewal(token);
    const again = this.online;
    this.emit('token', token);
    this.#become('online');
    if (!again) this.emit('open', undefined);
  }

  /** @param {string} token */
  #scheduleRenewal(token) {
    clearTimeout(this.#timer);
    const { exp } = claimsOf(token);
    if (!exp || !this.#tokens.renewable) return;
    const left = exp * 1000 - this.#clock.now();
    const wait = Math.max(left - EARLY_MS, left / 2, PAUSE_MS) * (0.8 + Math.random() / 5);
    this.#timer = setTimeout(() => this.online && this.#open(true), Math.min(wait, MAX_TIMER_MS));
  }

  /** @param {any} event */
  #pushed(event) {
    if (!this.online) return;
    // Ended or to be moved elsewhere: the close that follows says the same.
    if (event.event !== 'session') this.emit('push', event);
  }

  /** @param {number} code */
  #closed(code) {
    this.#openings++;
    clearTimeout(this.#timer);
    // The token may have ended rather than the session: only a renewal tells.
    if (code === Close.SESSION_ENDED) {
      if (this.#tokens.renewable) this.#mustRenew = true;
      else this.end('The session has ended.');
    }
  }

  /** @param {import('./bridge-connection.js').BridgeState} state */
  #connectionIs(state) {
    if (this.state === 'ended' || this.state === 'closed') return;
    if (state === 'waiting') this.#become('offline');
    else if (state === 'connecting') this.#become('connecting');
    else if (state === 'replaced') this.end('replaced');
  }

  /**
   * @param {import('../types.js').ConnectionState} state
   * @param {string} [reason]
   */
  #become(state, reason = '') {
    if (state === this.state) return;
    this.state = state;
    this.reason = reason;
    this.emit('state', { state, reason });
  }
}
