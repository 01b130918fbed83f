import { JovialError } from './error.js';

/** Request in the outbox, as the app follows it: a message, an edit, a redaction or a reaction. */
export class Outgoing {
  /** @type {(value: any) => void} */
  #resolve = () => {};
  /** @type {(error: Error) => void} */
  #reject = () => {};

  /** `queued`, `stored` or `failed` @type {'queued' | 'stored' | 'failed'} */
  state = 'queued';
  /** The place in the log, once stored. @type {number | undefined} */
  seq;
  /** Why it failed. @type {JovialError | undefined} */
  error;

  /**
   * @param {string} clientId
   * @param {string} conversationId
   * @param {Promise<void>} queued
   */
  constructor(clientId, conversationId, queued) {
    this.clientId = clientId;
    this.conversationId = conversationId;
    /** Resolves when it is safe on the device: from then on it survives a crash. */
    this.queued = queued;
    /**
     * Resolves when the server has stored it, which may be days later; rejects when it refuses.
     * @type {Promise<import('./types.js').Stored>}
     */
    this.stored = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Some look at the state only.
    this.stored.catch(() => {});
    queued.catch((error) => this.complete({ state: 'failed', error }));
  }

  /**
   * For the kit.
   * @param {{state: 'queued' | 'stored' | 'failed', renamed?: string, seq?: number, stored_at?: string, error?: any}} outcome
   */
  complete({ state, renamed, seq, stored_at, error }) {
    if (renamed) this.clientId = renamed;
    if (this.state !== 'queued') return;
    if (state === 'stored') {
      this.state = 'stored';
      this.seq = seq;
      this.#resolve({ conversation_id: this.conversationId, seq, client_id: this.clientId, stored_at });
    } else if (state === 'failed') {
      this.state = 'failed';
      this.error = error instanceof JovialError ? error : JovialError.from(error);
      this.#reject(this.error);
    }
  }
}
