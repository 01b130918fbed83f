import { JovialError } from '../error.js';
import { outboxKey } from './keys.js';

/** What may wait on the device; a person who writes more has another problem. */
const MAX_ITEMS = 10_000;
/** Numbers of the order in a millisecond. */
const ORDERS_PER_MS = 1_000;

/**
 * A request that is kept until the server has answered it.
 *
 * @typedef {object} OutboxItem
 * @property {number} order places on the device, lowest first
 * @property {string} client_id
 * @property {string} conversation_id
 * @property {'mds.send' | 'mds.edit' | 'mds.redact' | 'mds.react'} operation
 * @property {any} request
 * @property {string} queued_at
 * @property {'queued' | 'failed'} state
 * @property {import('../types.js').Failure} [error] why it failed
 * @property {import('../files/uploads.js').PendingUpload} [upload] of a message whose file is not up yet
 */

/** What waits to be sent, in order; the rows in the store are the record, this is where they are looked up. */
export class Outbox {
  /** @type {Map<string, OutboxItem>} by client_id */
  #items = new Map();
  /** @type {Map<string, OutboxItem[]>} by conversation, in order */
  #queues = new Map();
  #lastOrder = 0;
  /** Handed over by a process that ended: the server may have them already. @type {Set<string>} */
  #sentBefore = new Set();
  /** Places in the order whose items are being put on the disk, by conversation. @type {Map<string, Set<number>>} */
  #held = new Map();

  /** @param {OutboxItem[]} items */
  load(items) {
    for (const item of items) {
      this.put(item);
      this.#sentBefore.add(item.client_id);
    }
  }

  get size() {
    return this.#items.size;
  }

  /**
   * The next place in the order: never before one that is taken, whatever the clock does.
   * @param {number} now
   */
  nextOrder(now) {
    this.#lastOrder = Math.max(this.#lastOrder + 1, now * ORDERS_PER_MS);
    return this.#lastOrder;
  }

  checkRoom() {
    if (this.#items.size >= MAX_ITEMS) {
      throw new JovialError('storage', `${MAX_ITEMS} messages wait to be sent already. Wait until some are.`);
    }
  }

  /** @param {OutboxItem} item */
  put(item) {
    this.remove(item.client_id);
    this.#items.set(item.client_id, item);
    const queue = this.#queues.get(item.conversation_id) ?? [];
    queue.push(item);
    queue.sort((a, b) => (outboxKey(a) < outboxKey(b) ? -1 : 1));
    this.#queues.set(item.conversation_id, queue);
    this.#lastOrder = Math.max(this.#lastOrder, item.order);
  }

  /** @param {string} clientId */
  remove(clientId) {
    const item = this.#items.get(clientId);
    if (!item) return;
    this.#items.delete(clientId);
    this.#sentBefore.delete(clientId);
    const queue = (this.#queues.get(item.conversation_id) ?? []).filter((other) => other !== item);
    if (queue.length) this.#queues.set(item.conversation_id, queue);
    else this.#queues.delete(item.conversation_id);
  }

  /** @param {string} clientId */
  get(clientId) {
    return this.#items.get(clientId);
  }

  /**
   * @param {string} conversationId
   * @returns {OutboxItem[]}
   */
  of(conversationId) {
    return this.#queues.get(conversationId) ?? [];
  }

  /**
   * What is to be sent next. What was written after a file waits for it, so that the order stays; a person who pauses it
   * has let the others pass.
   * @param {string} conversationId
   */
  next(conversationId) {
    const next = this.of(conversationId).find((item) => item.state === 'queued' && !item.upload?.paused);
    if (!next || next.upload) return undefined;
    return [...(this.#held.get(conversationId) ?? [])].some((order) => order < next.order) ? undefined : next;
  }

  /** Messages whose files are to go up, in order. */
  uploads() {
    const items = [...this.#items.values()].filter(
      ({ state, upload }) => upload && state === 'queued' && !upload.paused,
    );
    return items.sort((a, b) => a.order - b.order);
  }

  /**
   * Keeps a place in the order until its item is there.
   * @param {string} conversationId
   * @param {number} order
   * @returns {() => void} ends it
   */
  hold(conversationId, order) {
    const held = this.#held.get(conversationId) ?? new Set();
    this.#held.set(conversationId, held.add(order));
    return () => {
      held.delete(order);
      if (!held.size) this.#held.delete(conversationId);
    };
  }

  /** Conversations in which something waits. */
  conversationIds() {
    return [...this.#queues.keys()];
  }

  /** @param {string} clientId */
  markSent(clientId) {
    this.#sentBefore.add(clientId);
  }

  /** @param {string} clientId */
  wasSent(clientId) {
    return this.#sentBefore.has(clientId);
  }
}
