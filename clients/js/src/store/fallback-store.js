import { GroupCommit } from './group-commit.js';
import { MemoryStore } from './memory-store.js';
import { QuotaError, TABLES } from './store.js';

/** @typedef {import('./store.js').Store} Store */

const GONE = Symbol('deleted');

/**
 * Stands before the real store. When the device is full, it has room made (`onFull`) and tries again; when that does
 * not help, or the store fails, it goes on in memory and says so (`onFallback`): nothing is lost while the process
 * lives, and `durable` is false from then on.
 * @implements {Store}
 */
export class FallbackStore {
  #store;
  #group = new GroupCommit((writes) => this.#write(writes));
  /** What could not be written, by table and key; bounded by what the process itself can hold. @type {Map<string, Map<string, any>> | null} */
  #overlay = null;

  /** Asked for what may be removed in favour of these writes. @type {(writes: import('./store.js').Write[]) => Promise<import('./store.js').Write[]>} */
  onFull = async () => [];
  /** @type {(failure: unknown) => void} */
  onFallback = () => {};

  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  get durable() {
    return this.#store.durable && !this.#overlay;
  }

  get keepsBlobs() {
    return Boolean(this.#store.keepsBlobs);
  }

  /**
   * A file that is to go up. One that does not fit is refused, rather than that everything else leaves the disk.
   * @param {string} key
   * @param {Blob} blob
   */
  async putFile(key, blob) {
    if (this.#overlay) this.#overlay.get('files')?.set(key, blob);
    else await this.#store.commit([{ table: 'files', key, value: blob }]);
  }

  async open() {
    try {
      await this.#store.open();
    } catch (failure) {
      if (/** @type {any} */ (failure).code === 'store_in_use') throw failure;
      this.#store = new MemoryStore();
      // Told when there is somebody to listen.
      setTimeout(() => this.onFallback(failure));
    }
  }

  /**
   * @param {import('./store.js').Table} table
   * @param {string} key
   */
  async get(table, key) {
    const over = this.#overlay?.get(table)?.get(key);
    if (over === GONE) return undefined;
    return over === undefined ? this.#store.get(table, key) : structuredClone(over);
  }

  /**
   * @param {import('./store.js').Table} table
   * @param {import('./store.js').Range} [range]
   */
  async list(table, range = {}) {
    const over = this.#overlay?.get(table);
    if (!over?.size) return this.#store.list(table, range);
    const { from = '', to, limit = Infinity, reverse = false } = range;
    const merged = new Map(await this.#store.list(table, { from, to }));
    for (const [key, value] of over) {
      if (key < from || (to !== undefined && key > to)) continue;
      if (value === GONE) merged.delete(key);
      else merged.set(key, structuredClone(value));
    }
    const sorted = [...merged].sort(([a], [b]) => (a < b ? -1 : 1));
    return (reverse ? sorted.reverse() : sorted).slice(0, limit);
  }

  /** @param {import('./store.js').Write[]} writes */
  commit(writes) {
    return this.#group.commit(writes);
  }

  /** @param {import('./store.js').Write[]} writes */
  async #write(writes) {
    if (!this.#overlay) {
      try {
        await this.#store.commit(writes);
        return;
      } catch (failure) {
        if (failure instanceof QuotaError && (await this.#madeRoom(writes))) return;
        this.#overlay = new Map(TABLES.map((table) => [table, new Map()]));
        this.onFallback(failure);
      }
    }
    for (const { table, key, value } of writes) {
      this.#overlay.get(table)?.set(key, value === undefined ? GONE : structuredClone(value));
    }
  }

  /** @param {import('./store.js').Write[]} writes */
  async #madeRoom(writes) {
    try {
      const removals = await this.onFull(writes);
      if (!removals.length) return false;
      await this.#store.commit(removals);
      await this.#store.commit(writes);
      return true;
    } catch {
      return false;
    }
  }

  async close() {
    await this.#group.idle();
    await this.#store.close();
  }

  async destroy() {
    await this.#group.idle();
    await this.#store.destroy();
  }
}
