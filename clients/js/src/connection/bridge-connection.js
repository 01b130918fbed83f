import { Emitter } from '../emitter.js';
import { JovialError } from '../error.js';
import { Backoff } from './backoff.js';
import { Requests } from './requests.js';
import { every } from './timers.js';

/** How long a request waits for its reply, in milliseconds. */
const REPLY_TIMEOUT_MS = 15_000;
/** Pings before `session.open` has named an interval, in milliseconds. */
const DEFAULT_PING_MS = 10_000;
/** A connection that held this long counts as good again: the next pause starts small. */
const STABLE_MS = 5_000;
/** The least pause after the server said that we were too fast, in milliseconds. */
const RATE_PAUSE_MS = 10_000;
/** A server that goes away says so: its clients come back within this, in milliseconds, not all at once. */
const GOING_AWAY_SPREAD_MS = 100;
/** A connection attempt that takes longer than this is given up, in milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Where the server answers pings, silence for so many intervals means that the connection is dead. */
const SILENT_INTERVALS = 2.5;

/** Close codes of the protocol. */
export const Close = {
  GOING_AWAY: 1001,
  NO_ANSWER: 4000,
  SESSION_ENDED: 4401,
  TOO_SLOW: 4408,
  REPLACED: 4409,
  RATE: 4429,
};

/**
 * @typedef {'stopped' | 'connecting' | 'open' | 'waiting' | 'replaced'} BridgeState `waiting`: for the next attempt; `replaced`: the
 *   server wants no more of us, and only `start` tries again
 *
 * @typedef {object} BridgeEvents
 * @property {BridgeState} state
 * @property {undefined} open
 * @property {{code: number, reason: string}} closed
 * @property {any} push an event of the inbox
 * @property {JovialError} refused an error that answers nothing
 */

/**
 * Connection to the event bus bridge that comes back by itself.
 * @extends {Emitter<BridgeEvents>}
 */
export class BridgeConnection extends Emitter {
  #open;
  #random;
  #backoff;
  #requests = new Requests();
  /** @type {import('./web-socket.js').Link | null} */
  #link = null;
  /** @type {Record<string, any>} */
  #timers = {};
  /** @type {() => void} */
  #stopPinging = () => {};
  #pingMs = DEFAULT_PING_MS;
  #pinging = false;
  #answersPings = false;
  #heardAt = 0;
  /** The close code that a link without such codes gave in its last error. */
  #closeCode = 0;

  /** @type {BridgeState} */
  state = 'stopped';

  /**
   * @param {(listener: import('./web-socket.js').LinkListener) => import('./web-socket.js').Link} open
   * @param {() => number} [random]
   */
  constructor(open, random = Math.random) {
    super();
    this.#open = open;
    this.#random = random;
    this.#backoff = new Backoff(random);
  }

  start() {
    if (this.state === 'stopped' || this.state === 'replaced') this.#connect();
  }

  stop() {
    clearTimeout(this.#timers.retry);
    this.#teardown(1000, 'stopped');
    this.#become('stopped');
  }

  /** Tries at once, if it is waiting for the next attempt. */
  retryNow() {
    if (this.state === 'waiting') this.#connect();
  }

  /** Gives this connection up and makes another. */
  drop(reason = 'dropped') {
    if (this.state === 'open' || this.state === 'connecting') this.#handleLost(Close.NO_ANSWER, reason);
  }

  /**
   * Sends a request; the promise always ends.
   * @param {string} address
   * @param {object} [body]
   * @param {{timeoutMs?: number}} [options]
   */
  async request(address, body = {}, { timeoutMs = REPLY_TIMEOUT_MS } = {}) {
    if (this.state !== 'open') throw JovialError.offline();
    const { replyAddress, reply } = this.#requests.open(timeoutMs);
    const link = this.#link;
    this.#write({ type: 'send', address, body, replyAddress, headers: {} });
    try {
      return await reply;
    } catch (error) {
      // WebSockets answer no pings here: silence is how a dead connection shows.
      if (error instanceof JovialError && error.code === 'timeout' && error.lost && link === this.#link) {
        this.drop('no answer');
      }
      throw error;
    }
  }

  /**
   * Asks for pushes on an address. The server is silent when it agrees.
   * @param {string} address
   */
  register(address) {
    this.#write({ type: 'register', address, headers: {} });
  }

  /** @param {number} intervalMs */
  pingEvery(intervalMs) {
    if (this.#pinging && intervalMs === this.#pingMs) return;
    this.#pinging = true;
    this.#pingMs = intervalMs;
    this.#stopPinging();
    this.#stopPinging = every(intervalMs, () => this.#ping());
  }

  #ping() {
    if (this.#answersPings && Date.now() - this.#heardAt > SILENT_INTERVALS * this.#pingMs) this.drop('silent');
    else this.#write({ type: 'ping' });
  }

  #connect() {
    clearTimeout(this.#timers.retry);
    this.#become('connecting');
    this.#timers.connect = setTimeout(() => this.#handleLost(Close.NO_ANSWER, 'no connection'), CONNECT_TIMEOUT_MS);
    const mine = { current: true };
    this.#mine = mine;
    this.#closeCode = 0;
    this.#answersPings = false;
    try {
      this.#link = this.#open({
        opened: () => mine.current && this.#opened(),
        frame: (frame) => mine.current && this.#received(frame),
        closed: (code, reason) => mine.current && this.#handleLost(this.#closeCode || code, reason),
      });
    } catch (error) {
      this.#handleLost(1006, String(error));
    }
  }

  /** @type {{current: boolean}} which link's news still count */
  #mine = { current: false };

  #opened() {
    clearTimeout(this.#timers.connect);
    this.#timers.stable = setTimeout(() => this.#backoff.reset(), STABLE_MS);
    this.#heardAt = Date.now();
    this.pingEvery(DEFAULT_PING_MS);
    this.#become('open');
    this.emit('open', undefined);
  }

  /** @param {any} frame */
  #received(frame) {
    this.#heardAt = Date.now();
    if (frame.type === 'pong') {
      this.#answersPings = true;
      return;
    }
    if (this.#requests.complete(frame)) return;
    if (frame.type === 'err') {
      if (frame.details?.close_code) this.#closeCode = frame.details.close_code;
      else this.emit('refused', JovialError.fromFrame(frame));
    } else if (frame.body) {
      this.emit('push', frame.body);
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #teardown(code, reason) {
    const link = this.#link;
    this.#mine.current = false;
    this.#link = null;
    this.#stopPinging();
    this.#pinging = false;
    clearTimeout(this.#timers.connect);
    clearTimeout(this.#timers.stable);
    link?.close();
    this.#requests.failAll(JovialError.offline());
    this.emit('closed', { code, reason });
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #handleLost(code, reason) {
    this.#become('waiting');
    this.#teardown(code, reason);
    // A listener may have stopped this meanwhile.
    if (this.state !== 'waiting') return;
    if (code === Close.REPLACED) {
      this.#become('replaced');
      return;
    }
    this.#timers.retry = setTimeout(() => this.#connect(), this.#pauseAfter(code));
  }

  /** @param {number} code */
  #pauseAfter(code) {
    if (code === Close.GOING_AWAY) return this.#random() * GOING_AWAY_SPREAD_MS;
    return this.#backoff.next(code === Close.RATE ? RATE_PAUSE_MS : 0);
  }

  /** @param {object} frame */
  #write(frame) {
    this.#link?.send(frame);
  }

  /** @param {BridgeState} state */
  #become(state) {
    if (state === this.state) return;
    this.state = state;
    this.emit('state', state);
  }
}
