import { BridgeConnection } from '../connection/bridge-connection.js';
import { routes } from '../connection/routes.js';
import { MessageStore } from '../messages/message-store.js';
import { ServerConnection } from '../connection/server-connection.js';
import { providedTokens, TokenKeeper } from '../connection/tokens.js';
import { FileAccess } from '../files/file-access.js';
import { filesHttp } from '../files/index.js';
import { keep } from '../files/sources.js';
import { Uploads } from '../files/uploads.js';
import { FallbackStore } from '../store/fallback-store.js';
import { TriggerEngine } from '../triggers/triggers.js';
import { Expiry } from './expiry.js';
import { Acknowledger } from './acknowledger.js';
import { GapFiller } from './gap-filler.js';
import { readHistory } from './history.js';
import { RequestSender } from './request-sender.js';
import { Sync } from './sync.js';
import { TypingAndPresence } from './typing-and-presence.js';

/** Requests made while connecting wait this long, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Pushed entries that wait for the disk; more are found by the next sync. */
const MAX_PUSHED = 2_000;

/**
 * The parts of a client put together: one connection, one store. Its public methods take and give plain values, so that
 * other tabs may call them through a channel.
 */
export class ClientCore {
  /** @type {any[]} */
  #pushed = [];
  #applying = false;
  #closed = false;

  /**
   * @param {object} parts
   * @param {FallbackStore} parts.store
   * @param {BridgeConnection} parts.connection
   * @param {import('../connection/tokens.js').Tokens} parts.tokens
   * @param {MessageStore} parts.messageStore
   * @param {string | undefined} parts.deviceId
   * @param {import('../files/files-http.js').FilesHttp} parts.http
   * @param {import('../types.js').Emit} parts.emit
   */
  constructor({ store, connection, messageStore, tokens, deviceId, http, emit }) {
    this.store = store;
    this.tokens = tokens;
    this.emit = emit;
    this.connection = connection;
    this.server = new ServerConnection(connection, tokens, messageStore.clock, deviceId);
    this.messageStore = messageStore;
    messageStore.onEvent = (event, detail) =>
      event === 'receipt' ? this.#publish(event, detail) : emit(event, detail);
    this.expiry = new Expiry(messageStore, (error) => this.#closed || emit('error', { error }));
    this.triggers = new TriggerEngine(this.messageStore, store, emit);
    this.requestSender = new RequestSender(this.messageStore, this.server);
    this.uploads = new Uploads({ messageStore: this.messageStore, server: this.server, http, store, emit });
    this.fileAccess = new FileAccess(http, this.server);
    this.acknowledger = new Acknowledger(this.messageStore, this.server);
    this.gapFiller = new GapFiller(this.messageStore, this.server);
    this.typingAndPresence = new TypingAndPresence(this.server, (event, detail) => this.#publish(event, detail));
    this.sync = new Sync(this.messageStore, this.server, () => {
      this.acknowledger.scheduleAll();
      this.gapFiller.scheduleAll();
      this.triggers.scheduleAll();
      this.requestSender.scheduleAll();
      emit('synced', {});
    });
    store.onFull = (writes) => this.messageStore.makeRoom(writes, (id) => this.triggers.seenUpto(id));
    store.onFallback = (failure) =>
      emit('storage', { durable: false, reason: String(/** @type {any} */ (failure)?.message ?? failure) });
    this.server.on('state', () => emit('connection', this.status()));
    this.server.on('open', () => {
      http.learn(this.server.httpUrl);
      this.uploads.schedule();
      this.expiry.schedule();
      this.#reportFailure(this.messageStore.saveClock());
      this.#reportFailure(this.sync.run());
    });
    this.server.on('push', (event) => this.#handleEvent(event));
    this.messageStore.onTouched = (ids) => {
      for (const id of ids) this.requestSender.schedule(id);
      this.uploads.schedule();
      this.acknowledger.schedule(ids);
      this.gapFiller.schedule(ids);
      this.triggers.schedule(ids);
      this.expiry.schedule();
    };
  }

  /**
   * Opens the store; `start` connects.
   * @param {any} options of `connect`
   * @param {string} me
   * @param {import('../store/store.js').Store} given
   * @param {import('../types.js').Emit} emit
   */
  static async open(options, me, given, emit) {
    const store = new FallbackStore(given);
    await store.open();
    try {
      const connection = new BridgeConnection(await routes(options));
      const request = (/** @type {string} */ operation, /** @type {object} */ body) =>
        connection.request(operation, body);
      const { user_token = '', refresh_token } = options;
      const messageStore = new MessageStore(store);
      await messageStore.open(me);
      const given = { user_token, refresh_token };
      const tokens = options.token
        ? providedTokens(options.token)
        : new TokenKeeper(store, request, given, messageStore.clock);
      if (tokens instanceof TokenKeeper) await tokens.open();
      const http = filesHttp(options, tokens);
      const core = new ClientCore({ store, connection, messageStore, tokens, deviceId: options.device_id, http, emit });
      await core.uploads.sweep();
      await core.triggers.open();
      return core;
    } catch (failure) {
      await store.close();
      throw failure;
    }
  }

  start() {
    this.server.start();
    this.expiry.schedule();
    this.emit('connection', this.status());
  }

  /** @param {any} event */
  #handleEvent(event) {
    switch (event.event) {
      case 'message':
        this.typingAndPresence.handleMessage(event);
        // Beyond the bound the numbers tell what is missing.
        if (this.#pushed.length < MAX_PUSHED) this.#pushed.push(entryOf(event));
        if (!this.#applying) this.#reportFailure(this.#applyAll());
        break;
      case 'receipt':
        this.#reportFailure(this.messageStore.applyReceipt(event));
        break;
      case 'typing':
        this.typingAndPresence.handleTyping(event);
        break;
      case 'presence':
        this.#publish('presence', { user_id: event.user_id, online: event.online, last_seen: event.last_seen });
        break;
      default:
      // From a newer server: not for us.
    }
  }

  /** All that arrived while the disk was busy goes there at once. */
  async #applyAll() {
    this.#applying = true;
    try {
      while (this.#pushed.length && !this.#closed) {
        // What a new device could not apply is in a sync that begins now.
        if (await this.messageStore.applyPushed(this.#pushed.splice(0))) this.#reportFailure(this.sync.run());
      }
    } finally {
      this.#applying = false;
    }
  }

  /**
   * @template {keyof import('../types.js').Events} K
   * @param {K} event
   * @param {import('../types.js').Events[K]} detail
   */
  #publish(event, detail) {
    this.emit(event, detail);
    this.#reportFailure(this.triggers.handleLive(event, detail));
  }

  /** @param {Promise<any>} work */
  #reportFailure(work) {
    work.catch((error) => this.#closed || this.emit('error', { error }));
  }

  status() {
    const { state, reason, httpUrl } = this.server;
    const { offsetMs } = this.messageStore.clock;
    return {
      state,
      reason,
      durable: this.store.durable,
      clock_offset_ms: offsetMs,
      ...(httpUrl ? { http_url: httpUrl } : {}),
    };
  }

  /** @param {any} item an outbox item without its order */
  async enqueue(item) {
    const { outbox } = this.messageStore;
    if (outbox.get(item.client_id)) return;
    outbox.checkRoom();
    // Before anything is waited for: the order is that of the calls.
    const queued = { ...item, order: outbox.nextOrder(Date.now()), state: 'queued' };
    await this.messageStore.change(async (change) => change.queue(queued));
  }

  /**
   * A message whose file goes up first.
   * @param {any} item an outbox item without its order
   * @param {Blob | string} given the file, or its path
   */
  async enqueueFile(item, given) {
    const { outbox } = this.messageStore;
    if (outbox.get(item.client_id)) return;
    outbox.checkRoom();
    const order = outbox.nextOrder(Date.now());
    // A text that is written now must not pass the file because the disk takes longer for it.
    const release = outbox.hold(item.conversation_id, order);
    try {
      const source = await keep(this.store, item.client_id, given);
      const request = { ...item.request, body: { ...item.request.body, size: source.size } };
      const queued = { ...item, request, order, state: 'queued', upload: { source, size: source.size } };
      await this.messageStore.change(async (change) => change.queue(queued));
    } finally {
      release();
      this.requestSender.schedule(item.conversation_id);
      this.uploads.schedule();
    }
  }

  /** @param {string} clientId */
  pauseUpload(clientId) {
    return this.uploads.pause(clientId);
  }

  /** @param {string} clientId */
  resumeUpload(clientId) {
    return this.uploads.resume(clientId);
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
    await this.messageStore.change(async (change) => {
      const item = this.messageStore.outbox.get(clientId);
      if (item?.state !== 'failed') return;
      const { error, ...rest } = item;
      change.queue({ ...rest, state: 'queued', order: this.messageStore.outbox.nextOrder(Date.now()) });
    });
  }

  /** @param {string} clientId */
  async discard(clientId) {
    if (await this.uploads.cancel(clientId)) return;
    await this.messageStore.change(async (change) => {
      const item = this.messageStore.outbox.get(clientId);
      if (item?.state === 'failed') change.unqueue(item);
    });
  }

  /**
   * @param {string} conversationId
   * @param {number} seq
   */
  markRead(conversationId, seq) {
    return this.messageStore.markRead(conversationId, seq);
  }

  /**
   * @param {string} conversationId
   * @param {boolean} typing
   */
  typing(conversationId, typing) {
    return this.typingAndPresence.sendTyping(conversationId, typing);
  }

  /**
   * @param {string} asker
   * @param {string[]} userIds
   */
  watchPresence(asker, userIds) {
    return this.typingAndPresence.watch(asker, userIds);
  }

  /**
   * @param {string} conversationId
   * @param {any} where
   */
  async history(conversationId, where) {
    return readHistory(this.messageStore, this.server, conversationId, where);
  }

  async conversations() {
    return this.messageStore.conversations();
  }

  /** @param {string} conversationId */
  async conversation(conversationId) {
    return this.messageStore.summary(conversationId);
  }

  /**
   * @param {string} conversationId
   * @param {any} window
   */
  async messages(conversationId, window) {
    const messages = await this.messageStore.messages(conversationId, window);
    for (const message of messages)
      if (message.upload) message.upload = this.uploads.progressOf(message.client_id) ?? message.upload;
    return messages;
  }

  /**
   * @param {string} conversationId
   * @param {number} seq
   */
  message(conversationId, seq) {
    return this.messageStore.message(conversationId, seq);
  }

  /** @param {string} name */
  pauseTrigger(name) {
    return this.triggers.pause(name);
  }

  /** @param {string} name */
  resumeTrigger(name) {
    return this.triggers.resume(name);
  }

  /** @param {string} name */
  removeTrigger(name) {
    return this.triggers.remove(name);
  }

  /** @param {string} prefix */
  async kept(prefix) {
    return new Map(await this.store.list('app', { from: prefix, to: `${prefix}\uffff` }));
  }

  /**
   * Any operation, as this user.
   * @param {string} operation
   * @param {object} body
   */
  async request(operation, body) {
    await this.#whenOnline();
    return this.server.request(operation, body);
  }

  /** While it is connecting, that is worth waiting for; while there is no network, it is not. */
  #whenOnline() {
    if (this.server.state !== 'connecting') return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        off();
        resolve(undefined);
      };
      const off = this.server.on('state', ({ state }) => state !== 'connecting' && done());
      const timer = setTimeout(done, PATIENCE_MS);
    });
  }

  async syncNow() {
    await this.sync.run();
  }

  /** Tries at once to connect, also after the server sent us away. */
  async reconnectNow() {
    this.connection.retryNow();
    if (this.server.state === 'ended' && this.server.reason === 'replaced') this.start();
  }

  /** @param {{forget?: boolean}} [options] */
  async close({ forget = false } = {}) {
    this.#closed = true;
    for (const part of [
      this.requestSender,
      this.uploads,
      this.acknowledger,
      this.sync,
      this.typingAndPresence,
      this.expiry,
    ])
      part.close();
    this.server.close();
    await this.messageStore.change(async () => {}).catch(() => {});
    await (forget ? this.store.destroy() : this.store.close());
  }
}

/** @param {any} event */
function entryOf({ event, ...entry }) {
  return entry;
}
