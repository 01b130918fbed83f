import { JovialError } from '../error.js';
import { uuidV7 } from '../ids.js';

/** First pause before the same request is sent again, in milliseconds; it doubles, ... */
const PAUSE_MS = 250;
/** ... so often at most: after a node died, its conversations are served again within seconds. */
const MAX_DOUBLINGS = 3;
/** Conversations in which something is in progress at once. */
const MAX_BUSY = 16;
/** How often a request is sent again that the server failed at without saying why. */
const MAX_INTERNAL = 5;

const KINDS = { 'mds.send': 'message', 'mds.edit': 'edit', 'mds.redact': 'redaction', 'mds.react': 'reaction' };

/**
 * Empties the outbox: one request at a time in each conversation, so that no failure changes the order. A request
 * keeps its `client_id` however often it is sent, so the server stores it once. What the server refuses permanently becomes
 * `failed` and stays, for the person to decide.
 */
export class RequestSender {
  #messageStore;
  #server;
  /** @type {Set<string>} */
  #busy = new Set();
  /** @type {string[]} */
  #waiting = [];
  /** @type {Map<string, any>} */
  #pauses = new Map();
  #closed = false;

  /**
   * @param {import('../messages/message-store.js').MessageStore} messageStore
   * @param {import('../connection/server-connection.js').ServerConnection} server
   */
  constructor(messageStore, server) {
    this.#messageStore = messageStore;
    this.#server = server;
    server.on('open', () => this.scheduleAll());
  }

  close() {
    this.#closed = true;
    for (const timer of this.#pauses.values()) clearTimeout(timer);
  }

  scheduleAll() {
    for (const id of this.#messageStore.outbox.conversationIds()) this.schedule(id);
  }

  /** @param {string} conversationId */
  schedule(conversationId) {
    // Before its first sync a device does not know where the news of its conversations begin.
    if (
      this.#closed ||
      this.#messageStore.firstSync ||
      !this.#server.online ||
      this.#busy.has(conversationId) ||
      this.#pauses.has(conversationId)
    )
      return;
    if (!this.#messageStore.outbox.next(conversationId)) return;
    if (this.#busy.size >= MAX_BUSY) {
      if (!this.#waiting.includes(conversationId)) this.#waiting.push(conversationId);
      return;
    }
    this.#busy.add(conversationId);
    this.#empty(conversationId)
      .catch((failure) => console.error('Sending stopped:', failure))
      .finally(() => {
        this.#busy.delete(conversationId);
        const next = this.#waiting.shift();
        if (next) this.schedule(next);
      });
  }

  /** @param {string} conversationId */
  async #empty(conversationId) {
    let refusals = 0;
    let internal = 0;
    for (;;) {
      const item = this.#messageStore.outbox.next(conversationId);
      if (!item || this.#closed || !this.#server.online) return;
      try {
        await this.#send(item);
        refusals = internal = 0;
      } catch (error) {
        const failure = error instanceof JovialError ? error : new JovialError('internal', String(error));
        if (failure.code === 'unauthenticated' || failure.code === 'ended' || failure.lost) {
          if (!this.#server.online) return;
        } else if (failure.details.server_time && (await this.#setClock(item, failure.details.server_time))) {
          internal++;
        } else if (!failure.temporary && (failure.code !== 'internal' || ++internal > MAX_INTERNAL)) {
          await this.#fail(item, failure);
          continue;
        }
        await this.#pause(
          conversationId,
          Math.max(failure.retryAfterMs, PAUSE_MS * 2 ** Math.min(refusals++, MAX_DOUBLINGS)),
        );
      }
    }
  }

  /**
   * @param {string} conversationId
   * @param {number} atLeastMs
   * @returns {Promise<void>}
   */
  #pause(conversationId, atLeastMs) {
    return new Promise((resolve) => {
      const wait = atLeastMs * (1 + Math.random() / 2);
      const done = () => {
        this.#pauses.delete(conversationId);
        resolve();
      };
      this.#pauses.set(conversationId, setTimeout(done, wait));
    });
  }

  /** @param {import('../messages/outbox.js').OutboxItem} item */
  async #send(item) {
    const { outbox } = this.#messageStore;
    const request = { ...item.request, client_id: item.client_id };
    if (outbox.wasSent(item.client_id)) request.retry = true;
    outbox.markSent(item.client_id);
    const reply = await this.#server.request(item.operation, request);
    await this.#messageStore.applyStored(this.#entryOf(item, reply));
  }

  /**
   * What was stored, as the log has it.
   * @param {import('../messages/outbox.js').OutboxItem} item
   * @param {any} reply
   */
  #entryOf(item, reply) {
    const { body, reply_to, target, reaction, remove, expires_in } = item.request;
    const expires = expires_in ? new Date(Date.parse(reply.stored_at) + expires_in * 1000).toISOString() : undefined;
    return {
      conversation_id: reply.conversation_id,
      seq: reply.seq,
      sender_id: this.#messageStore.me,
      device_id: this.#server.deviceId,
      client_id: item.client_id,
      sent_at: item.queued_at,
      stored_at: reply.stored_at,
      kind: KINDS[item.operation],
      ...(reaction ? { body: { type: 'reaction', reaction, ...(remove ? { remove } : {}) } } : body ? { body } : {}),
      ...(reply_to ? { reply_to } : {}),
      ...(target ? { target } : {}),
      ...(expires ? { expires_at: expires } : {}),
    };
  }

  /**
   * Our clock was far ahead: the message gets an id of the right time. The server has never taken the old one.
   * @param {import('../messages/outbox.js').OutboxItem} item
   * @param {string} serverTime
   */
  async #setClock(item, serverTime) {
    const { clock } = this.#messageStore;
    if (!clock.set(serverTime)) return false;
    await this.#messageStore.change(async (change) => {
      const renamed = { ...item, client_id: uuidV7(clock.now()) };
      change.unqueue(item);
      change.queue(renamed);
      change.publish('outgoing', {
        client_id: item.client_id,
        renamed: renamed.client_id,
        conversation_id: item.conversation_id,
        state: 'queued',
      });
    });
    return true;
  }

  /**
   * @param {import('../messages/outbox.js').OutboxItem} item
   * @param {JovialError} failure
   */
  #fail(item, failure) {
    const { code, message } = failure;
    return this.#messageStore.change(async (change) => {
      if (!this.#messageStore.outbox.get(item.client_id)) return;
      change.queue({ ...item, state: 'failed', error: { code, message } });
      const { client_id, conversation_id } = item;
      change.publish('outgoing', { client_id, conversation_id, state: 'failed', error: { code, message } });
    });
  }
}
