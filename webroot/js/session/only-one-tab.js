import { shared } from './browser-storage.js';

/** A lease that its tab did not give back (it was closed) counts no more after this many milliseconds. */
const LEASE_MS = 20_000;
const LOOK_AGAIN_MS = 150;

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * For pages on plain http, where browsers offer no Web Locks: a lease in the shared storage.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
async function withLease(name, task) {
  const key = `lease.${name}`;
  const me = String(Math.random());
  for (;;) {
    const lease = shared.get(key);
    if (!lease || lease.until < Date.now()) {
      shared.set(key, { owner: me, until: Date.now() + LEASE_MS });
      // Two tabs may have written at once; the one that is still there after a moment has it.
      await pause(LOOK_AGAIN_MS / 3);
      if (shared.get(key)?.owner === me) break;
    }
    await pause(LOOK_AGAIN_MS * (0.5 + Math.random()));
  }
  try {
    return await task();
  } finally {
    if (shared.get(key)?.owner === me) shared.remove(key);
  }
}

/**
 * Runs the task in at most one tab of this browser at a time.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function onlyOneTab(name, task) {
  return navigator.locks ? await navigator.locks.request(`jovial.${name}`, task) : withLease(name, task);
}
