import { Backoff } from '../connection/backoff.js';
import { JovialError } from '../error.js';
import { reopen } from './sources.js';
import { bringUp, terminate } from './tus.js';

/** Files that go up at once; the others of a device wait. */
const MAX_AT_ONCE = 2;
/** Progress is told this often at most, in milliseconds. */
const TELL_EVERY_MS = 100;

/**
 * What an outbox item has while its file is not up.
 *
 * @typedef {object} PendingUpload
 * @property {import('./sources.js').Source} source
 * @property {number} size
 * @property {string} [file_id] at the server, once it was begun there
 * @property {number} [offset] the server had so much when it was last heard of
 * @property {boolean} [paused]
 *
 * @typedef {import('../types.js').UploadState} UploadState
 */

/**
 * Brings up the files of messages that wait in the outbox, the oldest first, two at a time, and then lets the messages go.
 * All that it needs to go on is in the outbox before it is relied on: a process that dies costs what was on its way.
 */
export class Uploads {
  #messageStore;
  #server;
  #http;
  #store;
  #emit;
  /** @type {Map<string, {control: AbortController, sent: number, state: UploadState, toldAt: number}>} */
  #running = new Map();
  /** Woken when there is a connection again. @type {Set<() => void>} */
  #waiting = new Set();
  #closed = false;

  /**
   * @param {object} parts
   * @param {import('../messages/message-store.js').MessageStore} parts.messageStore
   * @param {import('../connection/server-connection.js').ServerConnection} parts.server
   * @param {import('./files-http.js').FilesHttp} parts.http
   * @param {import('../store/fallback-store.js').FallbackStore} parts.store
   * @param {import('../types.js').Emit} parts.emit
   */
  constructor({ messageStore, server, http, store, emit }) {
    this.#messageStore = messageStore;
    this.#server = server;
    this.#http = http;
    this.#store = store;
    this.#emit = emit;
    server.on('open', () => {
      for (const wake of [...this.#waiting]) wake();
      this.schedule();
    });
  }

  close() {
    this.#closed = true;
    for (const { control } of this.#running.values()) control.abort();
  }

  /** Removes what the device kept for messages that are gone: a crash came between the two. */
  async sweep() {
    for (const [clientId] of await this.#store.list('files')) {
      if (!this.#messageStore.outbox.get(clientId)?.upload)
        await this.#store.commit([{ table: 'files', key: clientId }]);
    }
  }

  schedule() {
    if (this.#closed || !this.#server.online) return;
    for (const item of this.#messageStore.outbox.uploads()) {
      if (this.#running.size >= MAX_AT_ONCE) return;
      const { client_id: clientId, upload } = item;
      if (this.#running.has(clientId) || !upload) continue;
      const run = {
        control: new AbortController(),
        sent: upload.offset ?? 0,
        state: /** @type {UploadState} */ ('waiting'),
        toldAt: 0,
      };
      this.#running.set(clientId, run);
      this.#run(clientId, run).finally(() => {
        if (this.#running.get(clientId) === run) this.#running.delete(clientId);
        this.schedule();
      });
    }
  }

  /**
   * How far a file is, for those who look; undefined when there is nothing to go up.
   * @param {string} clientId
   */
  progressOf(clientId) {
    const item = this.#messageStore.outbox.get(clientId);
    if (!item?.upload) return undefined;
    const { size, offset = 0, paused } = item.upload;
    const run = this.#running.get(clientId);
    const state = item.state === 'failed' ? 'failed' : paused ? 'paused' : (run?.state ?? 'waiting');
    return { sent: Math.max(offset, run?.sent ?? 0), size, state };
  }

  /** @param {string} clientId */
  async pause(clientId) {
    await this.#remember(clientId, { paused: true });
    this.#stop(clientId);
    this.#publish(clientId);
    this.schedule();
  }

  /** @param {string} clientId */
  async resume(clientId) {
    await this.#remember(clientId, { paused: undefined });
    this.#publish(clientId);
    this.schedule();
  }

  /**
   * Gives up a file that is not up yet, here and at the server.
   * @param {string} clientId
   * @returns {Promise<boolean>} false when there is none
   */
  async cancel(clientId) {
    const fileId = await this.#messageStore.change(async (change) => {
      const item = this.#messageStore.outbox.get(clientId);
      if (!item?.upload) return null;
      change.unqueue(item);
      change.batch.put('files', clientId);
      const error = /** @type {const} */ ({ code: 'discarded', message: 'It was discarded.' });
      change.publish('outgoing', {
        client_id: clientId,
        conversation_id: item.conversation_id,
        state: 'failed',
        error,
      });
      return item.upload.file_id ?? '';
    });
    if (fileId === null) return false;
    this.#stop(clientId);
    // The server sweeps what it does not hear of.
    if (fileId) terminate(this.#http, fileId).catch(() => {});
    this.schedule();
    return true;
  }

  /** @param {string} clientId */
  #stop(clientId) {
    this.#running.get(clientId)?.control.abort();
    this.#running.delete(clientId);
  }

  /**
   * @param {string} clientId
   * @param {{control: AbortController, sent: number, state: UploadState, toldAt: number}} run
   */
  async #run(clientId, run) {
    const { signal } = run.control;
    try {
      await this.#bringUp(clientId, run);
    } catch (error) {
      if (signal.aborted || this.#closed) return;
      await this.#fail(clientId, error instanceof JovialError ? error : new JovialError('internal', String(error)));
    }
  }

  /**
   * @param {string} clientId
   * @param {{control: AbortController, sent: number, state: UploadState, toldAt: number}} run
   */
  async #bringUp(clientId, run) {
    const { signal } = run.control;
    const item = this.#messageStore.outbox.get(clientId);
    if (!item?.upload) return;
    const { upload, conversation_id: conversationId } = item;
    const { body } = item.request;
    const source = await reopen(this.#store, clientId, upload.source);
    const backoff = new Backoff();
    let best = 0;
    const wait = async (/** @type {JovialError} */ failure) => {
      this.#publish(clientId, run, 'waiting');
      await this.#pauseFor(failure, backoff, signal);
    };
    const fileId = await bringUp(this.#http, {
      size: upload.size,
      metadata: { filename: body.name, filetype: body.mime_type, conversation_id: conversationId },
      fileId: upload.file_id,
      bodyFrom: (offset) => source.from(offset),
      begun: (file_id) => this.#remember(clientId, { file_id, offset: 0 }),
      stored: (offset) => {
        if (offset > best) backoff.reset();
        best = Math.max(best, offset);
        run.sent = offset;
        this.#publish(clientId, run, 'uploading');
      },
      progress: (sent) => {
        run.sent = sent;
        if (Date.now() - run.toldAt >= TELL_EVERY_MS) this.#publish(clientId, run, 'uploading');
      },
      wait,
      signal,
    });
    const [info, token] = [
      await this.#asked(run, wait, 'fss.file.get', { file_id: fileId }),
      await this.#asked(run, wait, 'fss.token.create', {
        file_id: fileId,
        access: ['read'],
        grant: { conversation_id: conversationId },
      }),
    ];
    await this.#release(clientId, info, token.file_token);
  }

  /**
   * A request that is repeated until it is answered; it may be, since neither changes what a repetition gives.
   * @param {{control: AbortController}} run
   * @param {(failure: JovialError) => Promise<void>} wait
   * @param {string} operation
   * @param {object} request
   */
  async #asked({ control }, wait, operation, request) {
    for (;;) {
      try {
        const reply = await this.#server.request(operation, request);
        control.signal.throwIfAborted();
        return reply;
      } catch (error) {
        const failure = /** @type {JovialError} */ (error);
        if (
          control.signal.aborted ||
          !(failure.temporary || failure.code === 'unauthenticated' || failure.code === 'ended')
        )
          throw failure;
        await wait(failure);
      }
    }
  }

  /**
   * The message is whole: from here on it is sent as others are, with the same body however often.
   * @param {string} clientId
   * @param {any} info
   * @param {string} fileToken
   */
  #release(clientId, info, fileToken) {
    return this.#messageStore.change(async (change) => {
      const item = this.#messageStore.outbox.get(clientId);
      if (!item?.upload) return;
      const { upload, ...rest } = item;
      const { width, height } = info;
      const body = {
        ...item.request.body,
        file_id: info.file_id,
        file_token: fileToken,
        size: info.size,
        mime_type: info.mime_type,
        ...(width && height ? { width, height } : {}),
      };
      change.queue({ ...rest, request: { ...item.request, body } });
      change.batch.put('files', clientId);
      const { conversation_id } = item;
      change.publish('upload', {
        client_id: clientId,
        conversation_id,
        sent: upload.size,
        size: upload.size,
        state: 'done',
      });
    });
  }

  /**
   * @param {string} clientId
   * @param {JovialError} failure
   */
  #fail(clientId, { code, message }) {
    return this.#messageStore.change(async (change) => {
      const item = this.#messageStore.outbox.get(clientId);
      if (!item?.upload) return;
      const error = { code, message };
      const { conversation_id, upload } = item;
      change.queue({ ...item, state: 'failed', error });
      change.publish('outgoing', { client_id: clientId, conversation_id, state: 'failed', error });
      change.publish('upload', {
        client_id: clientId,
        conversation_id,
        sent: upload.offset ?? 0,
        size: upload.size,
        state: 'failed',
      });
    });
  }

  /**
   * @param {string} clientId
   * @param {Partial<PendingUpload>} what
   */
  #remember(clientId, what) {
    const sent = this.#running.get(clientId)?.sent;
    return this.#messageStore.change(async (change) => {
      const item = this.#messageStore.outbox.get(clientId);
      if (item?.upload)
        change.queue({ ...item, upload: { ...item.upload, ...(sent ? { offset: sent } : {}), ...what } });
    });
  }

  /**
   * @param {string} clientId
   * @param {{state: UploadState, toldAt: number}} [run]
   * @param {UploadState} [state]
   */
  #publish(clientId, run, state) {
    if (run && state) Object.assign(run, { state, toldAt: Date.now() });
    const progress = this.progressOf(clientId);
    const item = this.#messageStore.outbox.get(clientId);
    if (progress && item)
      this.#emit('upload', { client_id: clientId, conversation_id: item.conversation_id, ...progress });
  }

  /**
   * Until it is worth another try: after a pause, or when there is a connection again.
   * @param {JovialError} failure
   * @param {Backoff} backoff
   * @param {AbortSignal} signal
   * @returns {Promise<void>}
   */
  #pauseFor(failure, backoff, signal) {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        signal.removeEventListener('abort', done);
        if (signal.aborted) reject(signal.reason);
        else resolve();
      };
      /** @type {any} */
      const timer = this.#server.online ? setTimeout(done, backoff.next(failure.retryAfterMs)) : undefined;
      this.#waiting.add(done);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}
