/**
 * Where a device keeps its messages. Implementations: `JournalStore` (a folder, under Node), `IndexedDbStore`
 * (browsers), `MemoryStore` (gone with the process, and says so).
 *
 * Values are plain JSON values. Keys are strings and ordered as such; a key may begin with the id of a conversation
 * and a slash.
 *
 * @typedef {'meta' | 'conversations' | 'entries' | 'effects' | 'outbox' | 'triggers' | 'app' | 'files'} Table
 *
 * @typedef {object} Write without a value it deletes
 * @property {Table} table
 * @property {string} key
 * @property {any} [value]
 *
 * @typedef {object} Range both ends belong to it
 * @property {string} [from]
 * @property {string} [to]
 * @property {number} [limit]
 * @property {boolean} [reverse] from the highest key down
 *
 * @typedef {object} Store
 * @property {boolean} durable whether what was committed is still there after a crash
 * @property {boolean} [keepsBlobs] whether values of the table `files` may be Blobs
 * @property {() => Promise<void>} open
 * @property {(table: Table, key: string) => Promise<any>} get undefined if there is none
 * @property {(table: Table, range?: Range) => Promise<[string, any][]>} list
 * @property {(writes: Write[]) => Promise<void>} commit all or none of them; durable when it resolves
 * @property {() => Promise<void>} close
 * @property {() => Promise<void>} destroy closes it and removes all that it holds
 */

/** @type {Table[]} */
export const TABLES = ['meta', 'conversations', 'entries', 'effects', 'outbox', 'triggers', 'app', 'files'];

/**
 * A commit that puts this key into `meta` has taken text off the device: a store that keeps old values somewhere gets
 * rid of them soon.
 */
export const SCRUB = 'scrub';

/** The disk, or the browser's share of it, is full. */
export class QuotaError extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super('There is no room left on the device.', { cause });
    this.name = 'QuotaError';
  }
}
