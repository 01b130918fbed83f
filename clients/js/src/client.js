import { Emitter } from './emitter.js';
import { JovialError } from './error.js';
import { filesHttp } from './files/index.js';
import { FileLinks } from './files/file-links.js';
import { largest } from './files/tus.js';
import { Outgoing } from './outgoing.js';
import { directConversation, uuid, uuidV7 } from './ids.js';

/** Handles of messages on their way that are kept until they are complete. */
const MAX_HANDLES = 10_000;

/**
 * Client of one user on this device.
 *
 * A conversation is named by its `conversation_id`, or by `{user_id}` of the other. Everything that is shown comes from
 * the device's own store, so it works offline; everything that is sent is kept there until the server has it.
 */
export class Client {
  #emitter;
  #backend;
  /** @type {Map<string, Outgoing>} */
  #handles = new Map();
  /** @type {import('./types.js').ConnectionStatus} */
  #status = { state: 'connecting', reason: '', durable: true, clock_offset_ms: 0 };
  #asker = uuid();
  #closed = false;
  #http;
  #links;
  #accessWanted = false;

  /**
   * @param {Emitter<import('./types.js').Events>} emitter
   * @param {import('./tabs/own-core.js').OwnCore | import('./tabs/shared-core.js').SharedCore} backend
   * @param {string} me
   * @param {boolean} durable
   * @param {import('./index.js').ConnectOptions} options
   */
  constructor(emitter, backend, me, durable, options) {
    this.#emitter = emitter;
    this.#backend = backend;
    /** The user whose client this is. */
    this.me = me;
    this.#status.durable = durable;
    this.#http = filesHttp(options, { get: (why) => this.#call('userToken', why) });
    this.#links = new FileLinks(this.#http, (operation, body) => this.request(operation, body));
    emitter.on('connection', (status) => {
      this.#status = status;
      this.#http.learn(status.http_url);
    });
    emitter.on('storage', ({ durable: now }) => (this.#status = { ...this.#status, durable: now }));
    emitter.on('outgoing', (outcome) => this.#complete(outcome));
    // The tab that saw to it may be gone.
    emitter.on('connection', ({ state }) => {
      if (state === 'online' && this.#accessWanted) this.#call('openFileAccess').catch(() => {});
    });
  }

  /** `online`, `connecting`, `offline`, `ended` when the person has to log in again, or `closed` by `close()`. */
  get connection() {
    return this.#status.state;
  }

  /** Why it has ended. */
  get reason() {
    return this.#status.reason;
  }

  /** Whether what is kept here survives the process. */
  get durable() {
    return this.#status.durable;
  }

  /** Whether this tab has the connection. */
  get leads() {
    return !('leads' in this.#backend) || this.#backend.leads;
  }

  /**
   * Listens to an event; `Events` in `types.js` says which there are.
   * @template {keyof import('./types.js').Events} K
   * @param {K} event
   * @param {(detail: import('./types.js').Events[K]) => void} listener
   * @returns {() => void} ends it
   */
  on(event, listener) {
    return this.#emitter.on(event, listener);
  }

  /**
   * The id of a conversation.
   * @param {import('./types.js').ConversationName} conversation
   */
  conversationId(conversation) {
    if (typeof conversation === 'string') return conversation;
    if ('conversation_id' in conversation) return conversation.conversation_id;
    if (typeof conversation?.user_id === 'string') return directConversation(this.me, conversation.user_id);
    throw new JovialError('invalid_request', 'Name a conversation by its conversation_id, or by {user_id}.');
  }

  /**
   * Sends a message: it is on the device at once, and goes out when it can.
   * @param {import('./types.js').ConversationName} to a conversation, or a user
   * @param {string | import('./types.js').Body} body a text, or a body
   * @param {import('./types.js').SendOptions} [options]
   * @returns {Outgoing}
   */
  send(to, body, { replyTo, expiresIn, clientId } = {}) {
    const conversationId = this.conversationId(to);
    const userId = typeof to === 'object' && 'user_id' in to ? to.user_id : this.#peer(conversationId);
    const request = {
      to: { user_id: userId },
      body: typeof body === 'string' ? { type: 'text', text: body } : body,
      ...(replyTo ? { reply_to: replyTo } : {}),
      ...(expiresIn ? { expires_in: expiresIn } : {}),
    };
    return this.#enqueue('mds.send', conversationId, request, clientId);
  }

  /**
   * Sends a file: it is kept on the device at once, goes up when it can, piece by piece over whatever interrupts it, and
   * its message follows. What is written after it waits for it, unless it is paused.
   * @param {import('./types.js').ConversationName} to a conversation, or a user
   * @param {Blob | string} source a File or a Blob; under Node the path of a file, which must stay as it is until it is up
   * @param {import('./types.js').FileOptions} [options]
   * @returns {Outgoing}
   */
  sendFile(to, source, { name, mimeType, text, width, height, durationMs, voice, replyTo, expiresIn, clientId } = {}) {
    const conversationId = this.conversationId(to);
    const userId = typeof to === 'object' && 'user_id' in to ? to.user_id : this.#peer(conversationId);
    const request = {
      to: { user_id: userId },
      body: {
        type: 'file',
        name: nameOf(name || source),
        mime_type: mimeType || (typeof source === 'object' && source.type.split(';')[0]) || 'application/octet-stream',
        ...(text ? { text } : {}),
        ...(width && height ? { width: Math.round(width), height: Math.round(height) } : {}),
        ...(durationMs ? { duration_ms: Math.round(durationMs) } : {}),
        ...(voice ? { voice } : {}),
      },
      ...(replyTo ? { reply_to: replyTo } : {}),
      ...(expiresIn ? { expires_in: expiresIn } : {}),
    };
    return this.#enqueue('mds.send', conversationId, request, clientId, source);
  }

  /**
   * Stops a file on its way up; what is there stays there. Others of the conversation may pass it now.
   * @param {string} clientId
   */
  pauseUpload(clientId) {
    return this.#call('pauseUpload', clientId);
  }

  /** @param {string} clientId */
  resumeUpload(clientId) {
    return this.#call('resumeUpload', clientId);
  }

  /**
   * A file that waits to go up, to be shown; undefined where the device keeps a path, or nothing any more.
   * @param {string} clientId
   * @returns {Promise<Blob | undefined>}
   */
  waitingFile(clientId) {
    return this.#call('waitingFile', clientId);
  }

  /** The largest file that the server takes, in bytes; undefined if it does not say. */
  fileLimit() {
    return largest(this.#http);
  }

  /**
   * Where a browser reads a file, after `openFileAccess`. When it is refused, `freshFileUrl` gives a new address.
   * @param {any} body of a message of type `file`
   * @param {{download?: boolean}} [options] download: to be saved, not shown
   */
  fileUrl(body, { download = false } = {}) {
    return this.#links.url(body, { download });
  }

  /**
   * A small picture of an image.
   * @param {any} body of a message of type `file`
   */
  thumbnailUrl(body) {
    return this.#links.url(body, { thumbnail: true });
  }

  /**
   * Renews the token of a file that may no longer be read with the one in its message; `fileUrl` uses it from then on.
   * @param {{body?: any, conversation_id: string}} message
   * @param {{download?: boolean}} [options]
   */
  async freshFileUrl(message, { download = false } = {}) {
    await this.#links.renew(message.body, message.conversation_id);
    return this.#links.url(message.body, { download });
  }

  /**
   * Whether the token of a file has ended, so that `freshFileUrl` is due.
   * @param {any} body of a message of type `file`
   */
  isFileExpired(body) {
    return this.#links.isExpired(body);
  }

  /**
   * In browsers: lets `<img>`, `<video>` and links of this page read files, by a cookie that no script sees. Kept alive
   * until `closeFileAccess`.
   * @param {{again?: boolean}} [options] again: another account of this browser may have taken it
   */
  async openFileAccess(options) {
    this.#accessWanted = true;
    await this.#call('openFileAccess', options);
  }

  /** Takes the cookie back. */
  async closeFileAccess() {
    this.#accessWanted = false;
    await this.#call('closeFileAccess');
  }

  /**
   * Reads a file.
   * @param {any} body of a message of type `file`
   * @param {{thumbnail?: boolean, headers?: Record<string, string>, signal?: AbortSignal, conversationId?: string}} [options]
   *     headers: `Range`, say
   * @returns {Promise<Response>} its `body` is a stream; `blob()` has all of it
   */
  openFile(body, options) {
    return this.#links.open(body, options);
  }

  /**
   * Under Node: writes a file to a path, over whatever interrupts it.
   * @param {any} body of a message of type `file`
   * @param {string} path
   * @param {{onProgress?: (progress: {received: number, size: number}) => void, signal?: AbortSignal, conversationId?: string}} [options]
   */
  async saveFile(body, path, options = {}) {
    const { saveFile } = await import('./files/save-file.js');
    return saveFile(this.#links, body, path, options);
  }

  /**
   * @param {import('./types.js').ConversationName} conversation
   * @param {number} target the `seq` of an own message
   * @param {string | import('./types.js').Body} body
   */
  edit(conversation, target, body) {
    const changed = typeof body === 'string' ? { type: 'text', text: body } : body;
    return this.#change('mds.edit', conversation, { target, body: changed });
  }

  /**
   * Takes a message back: its text goes from the server and from all devices.
   * @param {import('./types.js').ConversationName} conversation
   * @param {number} target the `seq` of an own message
   */
  redact(conversation, target) {
    return this.#change('mds.redact', conversation, { target });
  }

  /**
   * @param {import('./types.js').ConversationName} conversation
   * @param {number} target
   * @param {string} reaction an emoji, say
   * @param {{remove?: boolean}} [options]
   */
  react(conversation, target, reaction, { remove = false } = {}) {
    return this.#change('mds.react', conversation, { target, reaction, ...(remove ? { remove } : {}) });
  }

  /**
   * @param {string} operation
   * @param {import('./types.js').ConversationName} conversation
   * @param {any} request
   */
  #change(operation, conversation, request) {
    const id = this.conversationId(conversation);
    return this.#enqueue(operation, id, { conversation_id: id, ...request });
  }

  /**
   * @param {string} operation
   * @param {string} conversationId
   * @param {any} request
   * @param {string} [given]
   * @param {Blob | string} [file]
   */
  #enqueue(operation, conversationId, request, given, file) {
    const now = Date.now();
    const clientId = given ?? uuidV7(now + this.#status.clock_offset_ms);
    const item = {
      client_id: clientId,
      conversation_id: conversationId,
      operation,
      request,
      queued_at: new Date(now).toISOString(),
    };
    const handle = new Outgoing(
      clientId,
      conversationId,
      file === undefined ? this.#call('enqueue', item) : this.#call('enqueueFile', item, file),
    );
    this.#handles.set(clientId, handle);
    if (this.#handles.size > MAX_HANDLES) this.#handles.delete(this.#handles.keys().next().value ?? '');
    return handle;
  }

  /** @param {any} outcome */
  #complete(outcome) {
    const handle = this.#handles.get(outcome.client_id);
    if (!handle) return;
    handle.complete(outcome);
    this.#handles.delete(outcome.client_id);
    if (handle.state === 'queued') this.#handles.set(handle.clientId, handle);
  }

  /** @param {string} conversationId */
  #peer(conversationId) {
    const peer =
      conversationId.startsWith('d.') &&
      conversationId
        .slice(2)
        .split('.')
        .find((id) => id !== this.me);
    return peer || this.me;
  }

  /**
   * Sends again what failed.
   * @param {string} clientId
   */
  retry(clientId) {
    return this.#call('retry', clientId);
  }

  /**
   * Gives up what failed, or a file that is not up yet.
   * @param {string} clientId
   */
  discard(clientId) {
    return this.#call('discard', clientId);
  }

  /**
   * The person has read up to here.
   * @param {import('./types.js').ConversationName} conversation
   * @param {number} seq
   */
  markRead(conversation, seq) {
    return this.#call('markRead', this.conversationId(conversation), seq);
  }

  /**
   * Call it with each key pressed, and with `false` when the person stops; the server is told now and then.
   * @param {import('./types.js').ConversationName} conversation
   * @param {boolean} typing
   */
  typing(conversation, typing) {
    return this.#call('typing', this.conversationId(conversation), typing).catch(() => {});
  }

  /**
   * Whose `presence` events to get from now on; at most 200 users.
   * @param {string[]} userIds
   * @returns {Promise<import('./types.js').Presence[]>} how it is now; empty while offline
   */
  watchPresence(userIds) {
    return this.#call('watchPresence', this.#asker, userIds);
  }

  /**
   * Fetches entries that the device does not hold yet; `messages` shows them then.
   * @param {import('./types.js').ConversationName} conversation
   * @param {{before?: number, after?: number, from?: string | Date, limit?: number}} [where]
   * @returns {Promise<{count: number, more: boolean, first: number}>}
   */
  history(conversation, where = {}) {
    return this.#call('history', this.conversationId(conversation), where);
  }

  /**
   * The conversations of the device, newest first.
   * @returns {Promise<import('./types.js').Conversation[]>}
   */
  conversations() {
    return this.#call('conversations');
  }

  /**
   * @param {import('./types.js').ConversationName} conversation
   * @returns {Promise<import('./types.js').Conversation>}
   */
  conversation(conversation) {
    return this.#call('conversation', this.conversationId(conversation));
  }

  /**
   * Messages as they are to be shown, in order; what waits to be sent comes last.
   * @param {import('./types.js').ConversationName} conversation
   * @param {{before?: number, limit?: number}} [window] the newest 200 if not given
   * @returns {Promise<import('./types.js').Message[]>}
   */
  messages(conversation, window = {}) {
    return this.#call('messages', this.conversationId(conversation), window);
  }

  /**
   * One message, if the device has it.
   * @param {import('./types.js').ConversationName} conversation
   * @param {number} seq
   * @returns {Promise<import('./types.js').Message | undefined>}
   */
  message(conversation, seq) {
    return this.#call('message', this.conversationId(conversation), seq);
  }

  /**
   * Registers a rule. With several tabs, each registers the same; the one with the connection runs them.
   * @param {import('./triggers/triggers.js').Trigger} trigger
   */
  trigger(trigger) {
    return this.#backend.addTrigger(trigger);
  }

  /** @param {string} name */
  pauseTrigger(name) {
    return this.#call('pauseTrigger', name);
  }

  /** @param {string} name */
  resumeTrigger(name) {
    return this.#call('resumeTrigger', name);
  }

  /** @param {string} name */
  removeTrigger(name) {
    return this.#backend.removeTrigger(name);
  }

  /**
   * What triggers have `put`, by key.
   * @param {string} [prefix]
   * @returns {Promise<Map<string, any>>}
   */
  kept(prefix = '') {
    return this.#call('kept', prefix);
  }

  /**
   * Any operation of the server, as this user.
   * @param {string} operation
   * @param {object} [body]
   * @returns {Promise<any>} the reply
   */
  request(operation, body = {}) {
    return this.#call('request', operation, body);
  }

  /**
   * The user of this app with that name; undefined if there is none.
   * @param {string} username
   * @returns {Promise<import('./types.js').User | undefined>}
   */
  async findUser(username) {
    const { users } = await this.request('ums.users.find', { username });
    return users[0];
  }

  /** Looks for what was missed; happens by itself after each connect and once a minute. */
  sync() {
    return this.#call('syncNow');
  }

  /** Tries now rather than after the next pause. */
  reconnectNow() {
    return this.#call('reconnectNow');
  }

  /**
   * @param {{forget?: boolean}} [options] forget: removes what is kept on the device, as after a logout
   */
  async close(options = {}) {
    if (this.#closed) return;
    this.#closed = true;
    await this.#backend.close(options);
    // Where tabs share a connection, it goes on for the others.
    if (this.connection !== 'closed')
      this.#emitter.emit('connection', { ...this.#status, state: 'closed', reason: '' });
  }

  /**
   * @param {string} method
   * @param {...any} args
   */
  #call(method, ...args) {
    if (this.#closed) return Promise.reject(JovialError.closed());
    return this.#backend.call(method, ...args);
  }
}

/** @param {any} source */
function nameOf(source) {
  const path = typeof source === 'string' ? source : source?.name;
  return path?.split(/[/\\]/).pop() || 'file';
}
