import { QuotaError, TABLES } from './store.js';

/** @typedef {import('./store.js').Store} Store */

/** 2: `files`. */
const VERSION = 2;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function resultOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * The browser's database; one for each user.
 * @implements {Store}
 */
export class IndexedDbStore {
  #name;
  /** @type {IDBDatabase | null} */
  #database = null;

  durable = true;
  keepsBlobs = true;

  /** @param {string} name */
  constructor(name) {
    this.#name = name;
  }

  async open() {
    const request = indexedDB.open(this.#name, VERSION);
    request.onupgradeneeded = () => {
      for (const table of TABLES) {
        if (!request.result.objectStoreNames.contains(table)) request.result.createObjectStore(table);
      }
    };
    this.#database = await resultOf(request);
    // Another tab wants to remove it: let it.
    this.#database.onversionchange = () => this.#database?.close();
    // Else the browser may throw the messages away when the disk fills up.
    navigator.storage?.persist?.().catch(() => {});
  }

  /** @returns {IDBDatabase} */
  #opened() {
    if (!this.#database) throw new Error('The store is not open.');
    return this.#database;
  }

  /**
   * @param {import('./store.js').Table} table
   * @param {string} key
   */
  async get(table, key) {
    return resultOf(this.#opened().transaction(table).objectStore(table).get(key));
  }

  /**
   * @param {import('./store.js').Table} table
   * @param {import('./store.js').Range} [range]
   * @returns {Promise<[string, any][]>}
   */
  async list(table, { from = '', to, limit, reverse = false } = {}) {
    const objects = this.#opened().transaction(table).objectStore(table);
    const keys = to === undefined ? IDBKeyRange.lowerBound(from) : from <= to ? IDBKeyRange.bound(from, to) : null;
    if (!keys) return [];
    if (!reverse) {
      const [names, values] = await Promise.all([
        resultOf(objects.getAllKeys(keys, limit)),
        resultOf(objects.getAll(keys, limit)),
      ]);
      return names.map((name, i) => [String(name), values[i]]);
    }
    /** @type {[string, any][]} */
    const found = [];
    const request = objects.openCursor(keys, 'prev');
    return new Promise((resolve, reject) => {
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor || found.length === limit) {
          resolve(found);
          return;
        }
        found.push([String(cursor.key), cursor.value]);
        cursor.continue();
      };
    });
  }

  /** @param {import('./store.js').Write[]} writes */
  async commit(writes) {
    if (!writes.length) return;
    const tables = [...new Set(writes.map(({ table }) => table))];
    // 'strict': on the disk, not only with the operating system, when it is told complete.
    const transaction = this.#opened().transaction(tables, 'readwrite', { durability: 'strict' });
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    });
    for (const { table, key, value } of writes) {
      const objects = transaction.objectStore(table);
      if (value === undefined) objects.delete(key);
      else objects.put(value, key);
    }
    try {
      await done;
    } catch (failure) {
      throw /** @type {any} */ (failure).name === 'QuotaExceededError' ? new QuotaError(failure) : failure;
    }
  }

  async close() {
    this.#database?.close();
    this.#database = null;
  }

  async destroy() {
    await this.close();
    await resultOf(indexedDB.deleteDatabase(this.#name));
  }
}
