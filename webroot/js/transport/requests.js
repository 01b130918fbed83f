import { BusError } from './bus-error.js';
import { uuid } from './uuid.js';

/** Requests under way at once; more means that something loops. */
const MAX_PENDING = 256;

/** Requests that wait for their reply. Every one settles: by reply, error, timeout or disconnection. */
export class Requests {
  #pending = new Map();

  /** Returns the reply address for the frame and the promise of its reply. */
  open(timeoutMs) {
    if (this.#pending.size >= MAX_PENDING) {
      throw new BusError('rate_limited', 'Too many requests are waiting for the server.');
    }
    const replyAddress = uuid();
    const reply = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(replyAddress);
        reject(BusError.timeout());
      }, timeoutMs);
      this.#pending.set(replyAddress, { resolve, reject, timer });
    });
    return { replyAddress, reply };
  }

  /** Settles the request that a frame answers; false when it answers none. */
  settle(frame) {
    const request = this.#pending.get(frame.address);
    if (!request) return false;
    this.#pending.delete(frame.address);
    clearTimeout(request.timer);
    if (frame.type === 'err') request.reject(BusError.fromFrame(frame));
    else request.resolve(frame.body ?? {});
    return true;
  }

  failAll(error) {
    const requests = [...this.#pending.values()];
    this.#pending.clear();
    for (const request of requests) {
      clearTimeout(request.timer);
      request.reject(error);
    }
  }
}
