import { SortedTable } from './sorted-table.js';
import { TABLES } from './store.js';

/** @typedef {import('./store.js').Store} Store */

/**
 * Tables in memory: the fallback where nothing better is to be had, and the base of the journal.
 * @implements {Store}
 */
export class MemoryStore {
  #tables = Object.fromEntries(
    TABLES.map((table) => [table, new SortedTable({ byConversation: table === 'entries' || table === 'effects' })]),
  );

  durable = false;
  keepsBlobs = true;

  async open() {}

  /**
   * @param {import('./store.js').Table} table
   * @param {string} key
   */
  async get(table, key) {
    return structuredClone(this.#tables[table].get(key));
  }

  /**
   * @param {import('./store.js').Table} table
   * @param {import('./store.js').Range} [range]
   */
  async list(table, range) {
    return structuredClone(this.#tables[table].list(range));
  }

  /** @param {import('./store.js').Write[]} writes */
  async commit(writes) {
    this.apply(writes);
  }

  /**
   * At once, for those who have made them durable already.
   * @param {import('./store.js').Write[]} writes
   */
  apply(writes) {
    for (const { table, key, value } of writes) {
      this.#tables[table].set(key, value === undefined ? undefined : structuredClone(value));
    }
  }

  get size() {
    return TABLES.reduce((sum, table) => sum + this.#tables[table].size, 0);
  }

  /** All of it, as writes. */
  *all() {
    for (const table of TABLES) {
      for (const [key, value] of this.#tables[table].list()) yield { table, key, value };
    }
  }

  async close() {}

  async destroy() {
    for (const table of TABLES) this.#tables[table].clear();
  }
}
