import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file with one text, which only its owner may read; replaced whole or not at all. */
export class FileStorage {
  #path;

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
  }

  /** @returns {Promise<string | null>} null if there is no file */
  async getItem() {
    return readFile(this.#path, 'utf8').catch(() => null);
  }

  /**
   * @param {string} _key
   * @param {string} value
   */
  async setItem(_key, value) {
    const next = `${this.#path}.new`;
    await mkdir(dirname(this.#path), { recursive: true, mode: 0o700 });
    // The mode is that of a new file only.
    await rm(next, { force: true });
    await writeFile(next, value, { mode: 0o600, flush: true });
    await rename(next, this.#path);
  }
}
