import { JovialError } from '../error.js';
import { uuid } from '../ids.js';

/** Requests in progress at once; more means that something loops. */
const MAX_PENDING = 256;

/** Requests that wait for their reply. Every one completes: by reply, error, timeout or disconnection. */
export class Requests {
  /** @type {Map<string, {resolve: (body: any) => void, reject: (error: Error) => void, timer: any}>} */
  #pending = new Map();

  /**
   * Gives the reply address for the frame and the promise of its reply.
   * @param {number} timeoutMs
   */
  open(timeoutMs) {
    if (this.#pending.size >= MAX_PENDING) {
      throw new JovialError('rate_limited', 'Too many requests are waiting for the server.');
    }
    const replyAddress = uuid();
    const reply = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(replyAddress);
        reject(JovialError.timeout());
      }, timeoutMs);
      this.#pending.set(replyAddress, { resolve, reject, timer });
    });
    return { replyAddress, reply };
  }

  /**
   * Settles the request that a frame answers; false when it answers none.
   * @param {any} frame
   */
  complete(frame) {
    const request = this.#pending.get(frame.address);
    if (!request) return false;
    this.#pending.delete(frame.address);
    clearTimeout(request.timer);
    if (frame.type === 'err') request.reject(JovialError.fromFrame(frame));
    else request.resolve(frame.body ?? {});
    return true;
  }

  /** @param {JovialError} error */
  failAll(error) {
    const requests = [...this.#pending.values()];
    this.#pending.clear();
    for (const request of requests) {
      clearTimeout(request.timer);
      request.reject(error);
    }
  }
}
