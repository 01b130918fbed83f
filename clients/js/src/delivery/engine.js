import { Connection } from '../connection/connection.js';
import { routes } from '../connection/routes.js';
import { LocalMss } from '../mss/local-mss.js';
import { Session } from '../session/session.js';
import { providedTokens, RefreshedTokens } from '../session/tokens.js';
import { FileAccess } from '../files/file-access.js';
import { filesHttp } from '../files/index.js';
import { keep } from '../files/sources.js';
import { Uploads } from '../files/uploads.js';
import { FallbackStore } from '../store/fallback-store.js';
import { Triggers } from '../triggers/triggers.js';
import { Acks } from './acks.js';
import { Gaps } from './gaps.js';
import { readHistory } from './reading.js';
import { Sender } from './sender.js';
import { Sync } from './sync.js';
import { Whereabouts } from './whereabouts.js';

/** Requests made while connecting wait this long, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Pushed entries that wait for the disk; more are found by the next sync. */
const MAX_PUSHED = 2_000;

/**
 * The parts of a client put together: one connection, one store. Its public methods take and give plain values, so that
 * other tabs may call them through a channel.
 */
export class Engine {
  /** @type {any[]} */
  #pushed = [];
  #taking = false;
  #closed = false;

  /**
   * @param {object} parts
   * @param {FallbackStore} parts.store
   * @param {Connection} parts.connection
   * @param {import('../session/tokens.js').Tokens} parts.tokens
   * @param {string | undefined} parts.deviceId
   * @param {import('../files/files-http.js').FilesHttp} parts.http
   * @param {(event: string, detail: any) => void} parts.emit
   */
  constructor({ store, connection, tokens, deviceId, http, emit }) {
    this.store = store;
    this.tokens = tokens;
    this.emit = emit;
    this.connection = connection;
    this.session = new Session(connection, tokens, deviceId);
    this.mss = new LocalMss(store, (event, detail) => (event === 'receipt' ? this.#told(event, detail) : emit(event, detail)));
    this.triggers = new Triggers(this.mss, store, emit);
    this.sender = new Sender(this.mss, this.session);
    this.uploads = new Uploads({ mss: this.mss, session: this.session, http, store, emit });
    this.fileAccess = new FileAccess(http, this.session);
    this.acks = new Acks(this.mss, this.session);
    this.gaps = new Gaps(this.mss, this.session);
    this.whereabouts = new Whereabouts(this.session, (event, detail) => this.#told(event, detail));
    this.sync = new Sync(this.mss, this.session, () => {
      this.acks.pokeAll();
      this.gaps.pokeAll();
      this.triggers.pokeAll();
      emit('synced', {});
    });
    store.onFull = (writes) => this.mss.makeRoom(writes, (id) => this.triggers.seenUpto(id));
    store.onFallback = (failure) => emit('storage', { durable: false, reason: String(/** @type {any} */ (failure)?.message ?? failure) });
    this.session.on('state', () => emit('connection', this.status()));
    this.session.on('open', () => this.#caught(this.sync.run()));
    this.session.on('push', (event) => this.#take(event));
    this.mss.onTouched = (ids) => {
      for (const id of ids) this.sender.pump(id);
      this.uploads.pump();
      this.acks.poke(ids);
      this.gaps.poke(ids);
      this.triggers.poke(ids);
    };
  }

  /**
   * Opens the store; `start` connects.
   * @param {any} options of `connect`
   * @param {string} me
   * @param {import('../store/store.js').Store} given
   * @param {(event: string, detail: any) => void} emit
   */
  static async open(options, me, given, emit) {
    const store = new FallbackStore(given);
    await store.open();
    try {
      const connection = new Connection(await routes(options));
      const request = (/** @type {string} */ operation, /** @type {object} */ body) => connection.request(operation, body);
      const { user_token = '', refresh_token } = options;
      const tokens = options.token ? providedTokens(options.token) : new RefreshedTokens(store, request, { user_token, refresh_token });
      if (tokens instanceof RefreshedTokens) await tokens.open();
      const http = filesHttp(options, tokens);
      const engine = new Engine({ store, connection, tokens, deviceId: options.device_id, http, emit });
      await engine.mss.open(me);
      await engine.uploads.sweep();
      await engine.triggers.open();
      return engine;
    } catch (failure) {
      await store.close();
      throw failure;
    }
  }

  start() {
    this.session.start();
    this.emit('connection', this.status());
  }

  /** @param {any} event */
  #take(event) {
    switch (event.event) {
      case 'message':
        this.whereabouts.takeMessage(event);
        // Beyond the bound the numbers tell what is missing.
        if (this.#pushed.length < MAX_PUSHED) this.#pushed.push(entryOf(event));
        if (!this.#taking) this.#caught(this.#takeAll());
        break;
      case 'receipt':
        this.#caught(this.mss.takeReceipt(event));
        break;
      case 'typing':
        this.whereabouts.takeTyping(event);
        break;
      case 'presence':
        this.#told('presence', { user_id: event.user_id, online: event.online, last_seen: event.last_seen });
        break;
      default:
      // From a newer server: not for us.
    }
  }

  /** All that arrived while the disk was busy goes there at once. */
  async #takeAll() {
    this.#taking = true;
    try {
      while (this.#pushed.length && !this.#closed) await this.mss.takePushed(this.#pushed.splice(0));
    } finally {
      this.#taking = false;
    }
  }

  /**
   * @param {string} event
   * @param {any} detail
   */
  #told(event, detail) {
    this.emit(event, detail);
    this.#caught(this.triggers.tell(event, detail));
  }

  /** @param {Promise<any>} work */
  #caught(work) {
    work.catch((error) => this.#closed || this.emit('error', { error }));
  }

  status() {
    const { state, reason, clockOffsetMs } = this.session;
    return { state, reason, durable: this.store.durable, clock_offset_ms: clockOffsetMs };
  }

  /** @param {any} item an outbox item without its order */
  async enqueue(item) {
    const { outbox } = this.mss;
    if (outbox.get(item.client_id)) return;
    outbox.checkRoom();
    // Before anything is waited for: the order is that of the calls.
    const queued = { ...item, order: outbox.nextOrder(Date.now()), state: 'queued' };
    await this.mss.change(async (change) => change.queue(queued));
  }

  /**
   * A message whose file goes up first.
   * @param {any} item an outbox item without its order
   * @param {Blob | string} given the file, or its path
   */
  async enqueueFile(item, given) {
    const { outbox } = this.mss;
    if (outbox.get(item.client_id)) return;
    outbox.checkRoom();
    const order = outbox.nextOrder(Date.now());
    // A text that is written now must not pass the file because the disk takes longer for it.
    const release = outbox.hold(item.conversation_id, order);
    try {
      const source = await keep(this.store, item.client_id, given);
      const request = { ...item.request, body: { ...item.request.body, size: source.size } };
      const queued = { ...item, request, order, state: 'queued', upload: { source, size: source.size } };
      await this.mss.change(async (change) => change.queue(queued));
    } finally {
      release();
      this.sender.pump(item.conversation_id);
      this.uploads.pump();
    }
  }

  /**
   * @param {string} clientId
   * @param {boolean} paused
   */
  pauseUpload(clientId, paused) {
    return this.uploads.pause(clientId, paused);
  }

  /**
   * The file that waits to go up, where the device keeps it itself.
   * @param {string} clientId
   */
  waitingFile(clientId) {
    return this.store.get('files', clientId);
  }

  /** @param {{again?: boolean}} [options] */
  async openFileAccess(options) {
    await this.fileAccess.open(options);
  }

  async closeFileAccess() {
    await this.fileAccess.close();
  }

  /**
   * For requests that go another way than the connection.
   * @param {{renew: boolean, not?: string}} why
   */
  userToken(why) {
    return this.tokens.get(why);
  }

  /**
   * Sends what failed again, behind what waits by now.
   * @param {string} clientId
   */
  async retry(clientId) {
    await this.mss.change(async (change) => {
      const item = this.mss.outbox.get(clientId);
      if (item?.state !== 'failed') return;
      const { error, ...rest } = item;
      change.queue({ ...rest, state: 'queued', order: this.mss.outbox.nextOrder(Date.now()) });
    });
  }

  /** @param {string} clientId */
  async discard(clientId) {
    if (await this.uploads.cancel(clientId)) return;
    await this.mss.change(async (change) => {
      const item = this.mss.outbox.get(clientId);
      if (item?.state === 'failed') change.unqueue(item);
    });
  }

  /**
   * @param {string} conversationId
   * @param {number} seq
   */
  markRead(conversationId, seq) {
    return this.mss.markRead(conversationId, seq);
  }

  /**
   * @param {string} conversationId
   * @param {boolean} typing
   */
  typing(conversationId, typing) {
    return this.whereabouts.tell(conversationId, typing);
  }

  /**
   * @param {string} asker
   * @param {string[]} userIds
   */
  watchPresence(asker, userIds) {
    return this.whereabouts.watch(asker, userIds);
  }

  /**
   * @param {string} conversationId
   * @param {any} where
   */
  async history(conversationId, where) {
    return readHistory(this.mss, this.session, conversationId, where);
  }

  async conversations() {
    return this.mss.conversations();
  }

  /** @param {string} conversationId */
  async conversation(conversationId) {
    return this.mss.summary(conversationId);
  }

  /**
   * @param {string} conversationId
   * @param {any} window
   */
  async messages(conversationId, window) {
    const messages = await this.mss.messages(conversationId, window);
    for (const message of messages) if (message.upload) message.upload = this.uploads.progressOf(message.client_id) ?? message.upload;
    return messages;
  }

  /**
   * @param {string} conversationId
   * @param {number} seq
   */
  message(conversationId, seq) {
    return this.mss.message(conversationId, seq);
  }

  /**
   * @param {string} name
   * @param {boolean} paused
   */
  pauseTrigger(name, paused) {
    return this.triggers.pause(name, paused);
  }

  /** @param {string} name */
  removeTrigger(name) {
    return this.triggers.remove(name);
  }

  /** @param {string} prefix */
  kept(prefix) {
    return this.store.list('app', { from: prefix, to: `${prefix}\uffff` });
  }

  /**
   * Any operation, as this user.
   * @param {string} operation
   * @param {object} body
   */
  async request(operation, body) {
    await this.#whenOnline();
    return this.session.request(operation, body);
  }

  /** While it is connecting, that is worth waiting for; while there is no network, it is not. */
  #whenOnline() {
    if (this.session.state !== 'connecting') return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        off();
        resolve(undefined);
      };
      const off = this.session.on('state', ({ state }) => state !== 'connecting' && done());
      const timer = setTimeout(done, PATIENCE_MS);
    });
  }

  async syncNow() {
    await this.sync.run();
  }

  /** Tries at once to connect, also after the server sent us away. */
  async reconnect() {
    this.connection.retryNow();
    if (this.session.state === 'ended' && this.session.reason === 'replaced') this.start();
  }

  /** @param {{forget?: boolean}} [options] */
  async close({ forget = false } = {}) {
    this.#closed = true;
    for (const part of [this.sender, this.uploads, this.acks, this.sync, this.whereabouts]) part.close();
    this.session.end('closed');
    await this.mss.change(async () => {}).catch(() => {});
    await (forget ? this.store.destroy() : this.store.close());
  }
}

/** @param {any} event */
function entryOf({ event, ...entry }) {
  return entry;
}
