import { uuidV7 } from '../transport/uuid.js';

/** Refusals of the server (not lost connections) after which a message counts as failed. */
const MAX_REFUSALS = 5;
/** Pause after the first refusal, in milliseconds; it doubles. */
const PAUSE_MS = 500;
/** Messages on their way per conversation. */
export const MAX_OUTGOING = 100;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends messages, one at a time per conversation, so that a failure never changes their order. A message keeps its
 * `client_id` however often it is sent, so the server stores it once.
 */
export class Outgoing {
  #session;
  #onChange;
  #onStored;
  #busy = new Set();
  #stopped = false;

  constructor({ session, onChange, onStored }) {
    this.#session = session;
    this.#onChange = onChange;
    this.#onStored = onStored;
  }

  send(conversation, text) {
    const now = this.#session.now();
    const item = {
      client_id: uuidV7(now),
      body: { type: 'text', text },
      sent_at: new Date(now).toISOString(),
      state: 'sending',
      error: null,
      sent: false,
    };
    conversation.outgoing = [...conversation.outgoing, item];
    this.#pump(conversation);
  }

  /** Sends what failed again, in the old order. */
  retry(conversation) {
    conversation.outgoing = conversation.outgoing.map((item) =>
      item.state === 'failed' ? { ...item, state: 'sending', error: null } : item,
    );
    this.#pump(conversation);
  }

  discard(conversation, clientId) {
    conversation.outgoing = conversation.outgoing.filter((item) => item.client_id !== clientId);
    this.#onChange();
  }

  stop() {
    this.#stopped = true;
  }

  async #pump(conversation) {
    this.#onChange();
    if (this.#busy.has(conversation)) return;
    this.#busy.add(conversation);
    try {
      for (;;) {
        await this.#ready();
        const item = conversation.outgoing.find((candidate) => candidate.state === 'sending');
        if (!item || this.#stopped) return;
        await this.#deliver(conversation, item);
        this.#onChange();
      }
    } finally {
      this.#busy.delete(conversation);
    }
  }

  async #deliver(conversation, item) {
    for (let refusals = 0; refusals < MAX_REFUSALS && !this.#stopped; ) {
      try {
        const reply = await this.#sendOnce(conversation, item);
        this.#change(conversation, item, { state: 'stored' });
        this.#onStored(conversation, item, reply);
        return;
      } catch (error) {
        if (error.lost) {
          // It may be stored or not; the same client_id makes sending it again safe.
          await this.#ready();
        } else if (error.details?.server_time && this.#setClock(error.details.server_time)) {
          item = this.#change(conversation, item, { client_id: uuidV7(this.#session.now()) });
          refusals++;
        } else if (error.temporary) {
          refusals++;
          await pause(Math.max(error.retryAfterMs, PAUSE_MS * 2 ** refusals));
          if (refusals === MAX_REFUSALS) this.#failAll(conversation, error);
        } else {
          this.#change(conversation, item, { state: 'failed', error });
          return;
        }
      }
    }
  }

  #sendOnce(conversation, item) {
    const { client_id, body } = item;
    const request = { to: { user_id: conversation.peerId }, client_id, body };
    if (item.sent) request.retry = true;
    item.sent = true;
    return this.#session.request('mds.send', request);
  }

  #setClock(serverTime) {
    const offset = Date.parse(serverTime) - Date.now();
    if (Number.isNaN(offset)) return false;
    this.#session.clockOffsetMs = offset;
    return true;
  }

  /** What waits behind a message fails with it: sent before it, it would be out of order. */
  #failAll(conversation, error) {
    conversation.outgoing = conversation.outgoing.map((item) =>
      item.state === 'sending' ? { ...item, state: 'failed', error } : item,
    );
  }

  #change(conversation, item, changes) {
    const changed = { ...item, ...changes };
    conversation.outgoing = conversation.outgoing.map((other) => (other.client_id === item.client_id ? changed : other));
    return changed;
  }

  #ready() {
    if (this.#session.status === 'ready' || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.#session.addEventListener('ready', resolve, { once: true });
    });
  }
}
