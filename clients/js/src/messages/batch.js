/** What one change of the store reads and writes: it sees its own writes, and is committed as a whole. */
export class Batch {
  #store;
  /** @type {Map<string, import('../store/store.js').Write>} */
  #writes = new Map();

  /** @param {import('../store/store.js').Store} store */
  constructor(store) {
    this.#store = store;
  }

  /**
   * @param {import('../store/store.js').Table} table
   * @param {string} key
   */
  async get(table, key) {
    const own = this.#writes.get(`${table} ${key}`);
    return own ? own.value : this.#store.get(table, key);
  }

  /**
   * @param {import('../store/store.js').Table} table
   * @param {string} key
   * @param {any} [value] nothing deletes
   */
  put(table, key, value) {
    this.#writes.set(`${table} ${key}`, { table, key, value });
  }

  /**
   * Both ends belong to it.
   * @param {import('../store/store.js').Table} table
   * @param {string} from
   * @param {string} to
   * @returns {Promise<[string, any][]>}
   */
  async list(table, from, to) {
    const found = new Map(await this.#store.list(table, { from, to }));
    for (const write of this.#writes.values()) {
      if (write.table !== table || write.key < from || write.key > to) continue;
      if (write.value === undefined) found.delete(write.key);
      else found.set(write.key, write.value);
    }
    return [...found];
  }

  get writes() {
    return [...this.#writes.values()];
  }
}
