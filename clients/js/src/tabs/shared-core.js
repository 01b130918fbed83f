import { ClientCore } from '../delivery/client-core.js';
import { JovialError } from '../error.js';
import { uuid } from '../ids.js';

/** Calls of this tab that wait for the one with the engine; more means that something loops. */
const MAX_CALLS = 10_000;
/** Browsers slow a tab down that was hidden for five minutes: before that it gives way to one that is seen, after this. */
const GIVE_WAY_AFTER_MS = 60_000;
/** How often a tab that is seen says so, in milliseconds. */
const SEEN_AGAIN_MS = 60_000;

/** Whether this browser lets tabs agree on one of them: it does on https and on localhost. */
export const canShare = () =>
  typeof document !== 'undefined' &&
  Boolean(globalThis.navigator?.locks) &&
  typeof BroadcastChannel !== 'undefined' &&
  typeof indexedDB !== 'undefined';

/**
 * The tabs of a browser that belong to the same user share one engine: one connection, one writer of the store. It runs
 * in the tab that holds a Web Lock; the others call it through a BroadcastChannel, and hear its events. When that tab
 * goes, however it goes, the browser gives the lock to the next one, which reads the store, connects, and is asked again
 * whatever had no answer yet. All calls may be made twice: what is sent has its `client_id`. A tab that has long been
 * hidden gives way to one that is seen.
 */
export class SharedCore {
  #emitter;
  #id = uuid();
  /** @type {BroadcastChannel | null} */
  #channel = null;
  /** @type {ClientCore | null} */
  #engine = null;
  #leader = '';
  /** @type {Map<number, {method: string, args: any[], resolve: (value: any) => void, reject: (error: any) => void}>} */
  #calls = new Map();
  #lastCall = 0;
  /** @type {Map<string, import('../triggers/triggers.js').Trigger>} */
  #triggers = new Map();
  #giveUp = new AbortController();
  /** @type {() => void} */
  #release = () => {};
  /** @type {Promise<any>} */
  #released = Promise.resolve();
  #closed = false;
  #turn = { over: false };
  /** @type {any} */
  #seenTimer;
  /** @type {number | null} */
  #hiddenSince = null;

  /** @param {import('../emitter.js').Emitter<import('../types.js').Events>} emitter */
  constructor(emitter) {
    this.#emitter = emitter;
  }

  /** In this tab, rather than in another. */
  get leads() {
    return this.#engine !== null;
  }

  /**
   * @param {any} options
   * @param {string} me
   * @param {import('../store/store.js').Store} store
   */
  async open(options, me, store) {
    const name = `jovial.${me}`;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }) => this.#received(data);
    addEventListener('pagehide', this.#leave);
    document.addEventListener('visibilitychange', this.#seen);
    this.#seenTimer = setInterval(this.#seen, SEEN_AGAIN_MS);
    this.#released = this.#contend(() =>
      navigator.locks.request(name, { signal: this.#giveUp.signal }, () => this.#lead(options, me, store)),
    );
    this.#post({ type: 'hello' });
    this.#seen();
  }

  /**
   * Waits for its turn to lead, again after each time that it gave way.
   * @param {() => Promise<any>} turn
   */
  async #contend(turn) {
    while (!this.#closed) {
      try {
        await turn();
      } catch (error) {
        if (!this.#closed) this.#failed(error);
        return;
      }
    }
  }

  #seen = () => {
    if (document.hidden) {
      this.#hiddenSince ??= Date.now();
    } else {
      this.#hiddenSince = null;
      if (!this.#engine) this.#post({ type: 'seen' });
    }
  };

  /** Another tab is seen, and this one has not been for long. */
  async #giveWay() {
    const engine = this.#engine;
    if (!engine || !this.#hiddenSince || Date.now() - this.#hiddenSince < GIVE_WAY_AFTER_MS) return;
    this.#turn.over = true;
    this.#engine = null;
    this.#leader = '';
    await engine.close().catch((error) => this.#emitter.emit('error', { error }));
    this.#release();
  }

  /**
   * Holds the lock until it is closed.
   * @param {any} options
   * @param {string} me
   * @param {import('../store/store.js').Store} store
   */
  async #lead(options, me, store) {
    if (this.#closed) return;
    const over = new Promise((resolve) => {
      this.#release = () => resolve(undefined);
    });
    const turn = { over: false };
    this.#turn = turn;
    // An engine that is closed for another to go on has nothing more to say.
    const engine = await ClientCore.open(
      options,
      me,
      store,
      (event, detail) => turn.over || this.#publish(event, detail),
    );
    this.#engine = engine;
    this.#leader = this.#id;
    for (const trigger of this.#triggers.values()) await engine.triggers.add(trigger);
    engine.start();
    this.#post({ type: 'leader', status: engine.status() });
    for (const [number, call] of this.#calls) this.#answerOwn(number, call);
    // The view may be older than what the tab before has done.
    this.#emitter.emit('reset', {});
    await over;
  }

  /** @param {any} error */
  #failed(error) {
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
    this.#emitter.emit('error', { error });
  }

  /**
   * @param {string} method
   * @param {...any} args
   * @returns {Promise<any>}
   */
  call(method, ...args) {
    if (this.#closed) return Promise.reject(JovialError.closed());
    if (this.#calls.size >= MAX_CALLS)
      return Promise.reject(new JovialError('storage', 'Too many calls wait for the other tab.'));
    return new Promise((resolve, reject) => {
      const number = ++this.#lastCall;
      const call = { method, args, resolve, reject };
      this.#calls.set(number, call);
      if (this.#engine) this.#answerOwn(number, call);
      else if (this.#leader) this.#post({ type: 'call', number, method, args });
    });
  }

  /**
   * @param {number} number
   * @param {{method: string, args: any[], resolve: (value: any) => void, reject: (error: any) => void}} call
   */
  #answerOwn(number, { method, args, resolve, reject }) {
    const engine = this.#engine;
    this.#run(method, args).then(
      (value) => {
        this.#calls.delete(number);
        resolve(value);
      },
      (error) => {
        // It gave way meanwhile: the next one is asked.
        if (engine !== this.#engine && !this.#closed) return;
        this.#calls.delete(number);
        reject(error);
      },
    );
  }

  /**
   * @param {string} method
   * @param {any[]} args
   */
  async #run(method, args) {
    return /** @type {any} */ (this.#engine)[method](...args);
  }

  /** @param {any} message */
  #received(message) {
    if (message.to && message.to !== this.#id) return;
    switch (message.type) {
      case 'hello':
        if (this.#engine) this.#post({ type: 'leader', status: this.#engine.status() });
        break;
      case 'leader':
        this.#follow(message.from, message.status);
        break;
      case 'call':
        if (this.#engine) this.#answer(message);
        break;
      case 'reply':
        this.#complete(message);
        break;
      case 'event':
        if (!this.#engine) this.#emitter.emit(message.event, message.detail);
        break;
      case 'seen':
        this.#giveWay();
        break;
      case 'untrigger':
        this.#triggers.delete(message.name);
        break;
      case 'bye':
        this.#engine?.watchPresence(message.from, []).catch(() => {});
        break;
      default:
      // From a tab with a newer version of the app.
    }
  }

  /**
   * @param {string} leader
   * @param {any} status
   */
  #follow(leader, status) {
    if (this.#engine || leader === this.#leader) return;
    this.#leader = leader;
    this.#seen();
    for (const [number, { method, args }] of this.#calls) this.#post({ type: 'call', number, method, args });
    this.#emitter.emit('connection', status);
    this.#emitter.emit('reset', {});
  }

  /** @param {{from: string, number: number, method: string, args: any[]}} call */
  async #answer({ from, number, method, args }) {
    const engine = this.#engine;
    try {
      this.#post({ type: 'reply', to: from, number, value: await this.#run(method, args) });
    } catch (error) {
      if (engine !== this.#engine) return;
      const plain = error instanceof JovialError ? error.toJSON() : { code: 'internal', message: String(error) };
      this.#post({ type: 'reply', to: from, number, error: plain });
    }
  }

  /** @param {any} reply */
  #complete({ number, value, error }) {
    const call = this.#calls.get(number);
    this.#calls.delete(number);
    if (error) call?.reject(JovialError.from(error));
    else call?.resolve(value);
  }

  /**
   * @template {keyof import('../types.js').Events} K
   * @param {K} event
   * @param {import('../types.js').Events[K]} detail
   */
  #publish(event, detail) {
    this.#emitter.emit(event, detail);
    this.#post({ type: 'event', event, detail: plain(detail) });
  }

  /** @param {object} message */
  #post(message) {
    this.#channel?.postMessage({ ...message, from: this.#id });
  }

  /** @param {import('../triggers/triggers.js').Trigger} trigger */
  async addTrigger(trigger) {
    this.#triggers.set(trigger.name, trigger);
    await this.#engine?.triggers.add(trigger);
  }

  /** @param {string} name */
  removeTrigger(name) {
    this.#triggers.delete(name);
    this.#post({ type: 'untrigger', name });
    return this.call('removeTrigger', name);
  }

  #leave = () => this.#post({ type: 'bye' });

  /** @param {any} options */
  async close(options) {
    this.#closed = true;
    this.#leave();
    removeEventListener('pagehide', this.#leave);
    document.removeEventListener('visibilitychange', this.#seen);
    clearInterval(this.#seenTimer);
    const engine = this.#engine;
    this.#turn.over = true;
    this.#engine = null;
    await engine?.close(options);
    this.#giveUp.abort();
    this.#release();
    await this.#released;
    this.#failed(JovialError.closed());
    this.#channel?.close();
  }
}

/**
 * What a channel can carry: errors lose their class there.
 * @param {any} detail
 */
function plain(detail) {
  const { error } = detail ?? {};
  return error instanceof Error
    ? { ...detail, error: { code: /** @type {any} */ (error).code, message: error.message } }
    : detail;
}
