/**
 * @param {string[]} keys
 * @param {string} key
 * @returns {number} the place of the first key that is not below
 */
function place(keys, key) {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A table in memory. Where keys are a conversation, a slash and a number, those of one conversation stand together, so
 * that a new one moves few others.
 */
export class SortedTable {
  #groupOf;
  /** @type {Map<string, any>} */
  #values = new Map();
  /** @type {Map<string, string[]>} */
  #groups = new Map();

  /** @param {{byConversation?: boolean}} [options] */
  constructor({ byConversation = false } = {}) {
    this.#groupOf = byConversation ? (/** @type {string} */ key) => key.slice(0, key.lastIndexOf('/') + 1) : () => '';
  }

  get size() {
    return this.#values.size;
  }

  /** @param {string} key */
  get(key) {
    return this.#values.get(key);
  }

  /**
   * @param {string} key
   * @param {any} value
   */
  set(key, value) {
    if (value === undefined) {
      this.#delete(key);
      return;
    }
    if (!this.#values.has(key)) {
      const group = this.#groupOf(key);
      const keys = this.#groups.get(group) ?? [];
      if (!keys.length) this.#groups.set(group, keys);
      if (!keys.length || keys[keys.length - 1] < key) keys.push(key);
      else keys.splice(place(keys, key), 0, key);
    }
    this.#values.set(key, value);
  }

  /** @param {string} key */
  #delete(key) {
    if (!this.#values.delete(key)) return;
    const group = this.#groupOf(key);
    const keys = this.#groups.get(group) ?? [];
    keys.splice(place(keys, key), 1);
    if (!keys.length) this.#groups.delete(group);
  }

  /**
   * @param {import('./store.js').Range} [range]
   * @returns {[string, any][]}
   */
  list({ from = '', to, limit = Infinity, reverse = false } = {}) {
    const group = this.#groupOf(from);
    const one = to !== undefined && group === this.#groupOf(to);
    const keys = one ? (this.#groups.get(group) ?? []) : this.#allKeys();
    const start = place(keys, from);
    let end = to === undefined ? keys.length : place(keys, to);
    if (to !== undefined && keys[end] === to) end++;
    const chosen = reverse
      ? keys.slice(Math.max(start, end - limit), end).reverse()
      : keys.slice(start, Math.min(end, start + limit));
    return chosen.map((key) => [key, this.#values.get(key)]);
  }

  #allKeys() {
    if (this.#groups.size <= 1) return [...this.#groups.values()][0] ?? [];
    return [...this.#groups.keys()].sort().flatMap((group) => this.#groups.get(group) ?? []);
  }

  clear() {
    this.#values.clear();
    this.#groups.clear();
  }
}
