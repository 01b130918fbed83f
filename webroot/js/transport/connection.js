import { Backoff } from './backoff.js';
import { BusError } from './bus-error.js';
import { Requests } from './requests.js';

/** How long a request waits for its reply, in milliseconds. */
const REPLY_TIMEOUT_MS = 15_000;
/** Pings before `session.open` has named an interval, in milliseconds (the stock bridge client's default). */
const DEFAULT_PING_MS = 5_000;
/** A connection that held this long counts as good again: the next pause starts small. */
const STABLE_MS = 5_000;
/** The least pause after the server said that we were too fast. */
const RATE_PAUSE_MS = 10_000;
/** A connection attempt that takes longer than this is given up. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Close codes of the contract. */
export const Close = { SESSION_ENDED: 4401, TOO_SLOW: 4408, REPLACED: 4409, RATE: 4429 };

/**
 * One WebSocket to the event bus bridge that comes back by itself.
 *
 * Events: `state` (detail: the state), `open`, `closed` (detail: `{code, reason}`), `push` (detail: an inbox event).
 * States: `idle` (nobody needs it), `connecting`, `open`, `waiting` (for the next attempt), `replaced` (by the
 * server's decision; only `start` tries again).
 */
export class Connection extends EventTarget {
  #url;
  #socket = null;
  #requests = new Requests();
  #backoff = new Backoff();
  #timers = {};
  #waiting = 0;

  state = 'idle';
  /** Come back after every loss; otherwise only when a request needs it. */
  wanted = false;

  constructor(url) {
    super();
    this.#url = url;
    window.addEventListener('online', () => this.retryNow());
    window.addEventListener('offline', () => this.state === 'open' && this.#drop(4000, 'offline'));
  }

  start() {
    if (this.state === 'idle' || this.state === 'replaced') this.#connect();
  }

  /** Drops the connection, and with it the server's idea of who we are, and connects anew at once. */
  restart() {
    clearTimeout(this.#timers.retry);
    this.#backoff.reset();
    this.#drop(1000, 'restart', { reconnect: false });
    if (this.wanted) this.#connect();
    else this.#become('idle');
  }

  retryNow() {
    if (this.state === 'waiting') this.#connect();
  }

  /** Sends a request; resolves with the reply's body. Waits for a connection when there is none. */
  async request(address, body = {}, { headers, timeoutMs = REPLY_TIMEOUT_MS } = {}) {
    await this.#whenOpen(timeoutMs);
    const { replyAddress, reply } = this.#requests.open(timeoutMs);
    this.#write({ type: 'send', address, body, replyAddress, ...(headers ? { headers } : {}) });
    try {
      return await reply;
    } catch (error) {
      // The bridge answers no pings here: silence is how a dead connection shows.
      if (error.code === 'timeout' && error.lost) this.#drop(4000, 'no answer');
      throw error;
    }
  }

  /** Asks for pushes on an address. The server is silent when it agrees. */
  register(address) {
    this.#write({ type: 'register', address, headers: {} });
  }

  pingEvery(intervalMs) {
    clearInterval(this.#timers.ping);
    this.#timers.ping = setInterval(() => this.#write({ type: 'ping' }), intervalMs);
  }

  #connect() {
    clearTimeout(this.#timers.retry);
    this.#become('connecting');
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#timers.connect = setTimeout(() => this.#lost(socket, 4000, 'no connection'), CONNECT_TIMEOUT_MS);
    socket.onopen = () => socket === this.#socket && this.#opened();
    socket.onmessage = (event) => socket === this.#socket && this.#received(event.data);
    socket.onclose = (event) => this.#lost(socket, event.code, event.reason);
  }

  #opened() {
    clearTimeout(this.#timers.connect);
    this.#timers.stable = setTimeout(() => this.#backoff.reset(), STABLE_MS);
    this.pingEvery(DEFAULT_PING_MS);
    this.#become('open');
    this.dispatchEvent(new Event('open'));
  }

  #received(data) {
    let frame;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (this.#requests.settle(frame)) return;
    if (frame.type === 'rec') {
      this.dispatchEvent(new CustomEvent('push', { detail: frame.body ?? {} }));
    } else if (frame.type === 'err') {
      this.dispatchEvent(new CustomEvent('refused', { detail: BusError.fromFrame(frame) }));
    }
  }

  #drop(code, reason, options) {
    const socket = this.#socket;
    if (socket) this.#lost(socket, code, reason, options);
  }

  #lost(socket, code, reason, { reconnect = true } = {}) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    clearInterval(this.#timers.ping);
    clearTimeout(this.#timers.connect);
    clearTimeout(this.#timers.stable);
    this.#requests.failAll(BusError.disconnected());
    this.dispatchEvent(new CustomEvent('closed', { detail: { code, reason } }));
    if (!reconnect) return;
    if (code === Close.REPLACED) {
      this.#become('replaced');
      return;
    }
    if (!this.wanted && !this.#waiting) {
      this.#become('idle');
      return;
    }
    const pause = this.#backoff.next(code === Close.RATE ? RATE_PAUSE_MS : 0);
    this.#timers.retry = setTimeout(() => this.#connect(), pause);
    this.#become('waiting');
  }

  #write(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }

  #whenOpen(timeoutMs) {
    if (this.state === 'open') return Promise.resolve();
    this.#waiting++;
    const opened = new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.removeEventListener('open', done);
        reject(BusError.disconnected());
      }, timeoutMs);
      this.addEventListener('open', done, { once: true });
    }).finally(() => this.#waiting--);
    if (this.state === 'idle') this.#connect();
    return opened;
  }
}
