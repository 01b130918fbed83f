import { constants } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksum } from './checksum.js';
import { lockFolder } from './folder-lock.js';
import { MemoryStore } from './memory-store.js';
import { QuotaError, SCRUB } from './store.js';

/** @typedef {import('./store.js').Store} Store */

/** A journal is rewritten when it is longer than this, in bytes, ... */
const COMPACT_FROM_BYTES = 4 * 1024 * 1024;
/** ... and this many times as long as when it was last rewritten. */
const COMPACT_FACTOR = 3;
/** After text was taken back, the journal is rewritten within this time, in milliseconds, and at the latest when it is closed. */
const SCRUB_WITHIN_MS = 2_000;
/** Writes in one line of a journal that is rewritten. */
const WRITES_PER_LINE = 500;

const NAME = /^journal-(\d+)\.log$/;
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * A folder with one file, to which each commit adds a line `<checksum> <writes as JSON>`, on the disk before the commit
 * resolves. What a crash left half written at its end is cut off; that commit never resolved. All of it is in memory
 * too. One process at a time. Values that were replaced are still in the file until it is rewritten, which happens
 * when it has grown, and soon after a commit that has the `SCRUB` mark.
 * @implements {Store}
 */
export class JournalStore {
  #folder;
  #compactFrom;
  #memory = new MemoryStore();
  /** @type {import('node:fs/promises').FileHandle | null} */
  #file = null;
  #number = 0;
  #bytes = 0;
  #freshBytes = 0;
  /** @type {() => Promise<void>} */
  #unlock = async () => {};
  /** Commits and rewriting, one after the other. @type {Promise<any>} */
  #turn = Promise.resolve();
  /** @type {any} */
  #scrubTimer;

  durable = true;
  /** What was found damaged beyond a torn end, and where it was put aside; null when all is well. @type {string | null} */
  damaged = null;

  /**
   * @param {string} folder
   * @param {{compactFromBytes?: number}} [options]
   */
  constructor(folder, { compactFromBytes = COMPACT_FROM_BYTES } = {}) {
    this.#folder = folder;
    this.#compactFrom = compactFromBytes;
  }

  async open() {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    this.#unlock = await lockFolder(this.#folder);
    const numbers = (await readdir(this.#folder))
      .map((name) => Number(NAME.exec(name)?.[1] ?? 0))
      .filter(Boolean)
      .sort((a, b) => a - b);
    // A newer one is complete when it has its name; then the older one was only not removed yet.
    this.#number = numbers.at(-1) ?? 1;
    for (const older of numbers.slice(0, -1)) await rm(this.#path(older), { force: true });
    if (numbers.length) await this.#read();
    await this.#append(this.#number);
    await this.#syncFolder();
    // A crash came before the text was off the disk.
    if (await this.#memory.get('meta', SCRUB)) await this.#compact();
  }

  /** @param {number} number */
  #path(number) {
    return join(this.#folder, `journal-${number}.log`);
  }

  async #read() {
    const path = this.#path(this.#number);
    const bytes = await readFile(path);
    let good = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, good)) {
      const writes = readLine(bytes.toString('utf8', good, end));
      if (!writes) break;
      this.#memory.apply(writes);
      good = end + 1;
    }
    this.#bytes = good;
    if (good === bytes.length) return;
    const rest = bytes.subarray(good);
    if (rest.subarray(0, -1).includes(10)) {
      // Not the torn end of a crash: something else has written here, or the disk forgets.
      this.damaged = join(this.#folder, `damaged-${this.#number}-${good}`);
      await writeFile(this.damaged, rest, { mode: 0o600 });
    }
    await truncate(path, good);
  }

  /** @param {number} number */
  async #append(number) {
    this.#file = await open(this.#path(number), constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600);
    this.#freshBytes = this.#bytes;
  }

  /**
   * @param {import('./store.js').Table} table
   * @param {string} key
   */
  get(table, key) {
    return this.#memory.get(table, key);
  }

  /**
   * @param {import('./store.js').Table} table
   * @param {import('./store.js').Range} [range]
   */
  list(table, range) {
    return this.#memory.list(table, range);
  }

  /** @param {import('./store.js').Write[]} writes */
  commit(writes) {
    return this.#inTurn(() => this.#commit(writes));
  }

  /**
   * @param {() => Promise<void>} task
   * @returns {Promise<void>}
   */
  #inTurn(task) {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** @param {import('./store.js').Write[]} writes */
  async #commit(writes) {
    if (!writes.length) return;
    if (!this.#file) throw new Error('The store is not open.');
    const line = Buffer.from(lineOf(writes));
    try {
      await this.#file.appendFile(line);
      await this.#file.datasync();
    } catch (failure) {
      await this.#cutBack();
      throw FULL.has(/** @type {any} */ (failure).code) ? new QuotaError(failure) : failure;
    }
    this.#bytes += line.length;
    this.#memory.apply(writes);
    if (this.#bytes > this.#compactFrom && this.#bytes > COMPACT_FACTOR * this.#freshBytes) await this.#compact();
    else if (writes.some(({ table, key }) => table === 'meta' && key === SCRUB)) this.#scrubSoon();
  }

  #scrubSoon() {
    this.#scrubTimer ??= setTimeout(() => this.#inTurn(() => this.#compact()), SCRUB_WITHIN_MS);
    // A process that has nothing else to do ends; the next one sees the mark.
    this.#scrubTimer.unref?.();
  }

  /** What was half written must not stand before the next line. */
  async #cutBack() {
    await this.#file?.truncate(this.#bytes).catch(() => {});
  }

  /** Writes what holds now to a new journal; it counts from when it has its name. */
  async #compact() {
    clearTimeout(this.#scrubTimer);
    this.#scrubTimer = undefined;
    if (!this.#file) return;
    this.#memory.apply([{ table: 'meta', key: SCRUB }]);
    const old = this.#number;
    const path = join(this.#folder, 'new');
    try {
      const file = await open(path, 'w', 0o600);
      let bytes = 0;
      /** @type {import('./store.js').Write[]} */
      let batch = [];
      const flush = async () => {
        const line = Buffer.from(lineOf(batch));
        await file.appendFile(line);
        bytes += line.length;
        batch = [];
      };
      for (const write of this.#memory.all()) {
        if (batch.push(write) === WRITES_PER_LINE) await flush();
      }
      if (batch.length) await flush();
      await file.sync();
      await file.close();
      await rename(path, this.#path(old + 1));
      await this.#syncFolder();
      await this.#file?.close();
      this.#number = old + 1;
      this.#bytes = bytes;
      await this.#append(this.#number);
      await rm(this.#path(old), { force: true });
    } catch {
      // The old journal is whole; tried again when it has grown as much once more, and with the next start.
      this.#freshBytes = this.#bytes;
      await rm(path, { force: true }).catch(() => {});
    }
  }

  async #syncFolder() {
    const folder = await open(this.#folder, 'r').catch(() => null);
    // Windows cannot sync a folder, and need not.
    await folder?.sync().catch(() => {});
    await folder?.close();
  }

  async close() {
    await this.#inTurn(async () => {
      if (this.#scrubTimer) await this.#compact();
    });
    await this.#file?.close();
    this.#file = null;
    await this.#unlock();
  }

  async destroy() {
    await this.close();
    for (const name of await readdir(this.#folder)) {
      if (NAME.test(name) || name.startsWith('damaged-')) await rm(join(this.#folder, name), { force: true });
    }
  }
}

/** @param {import('./store.js').Write[]} writes */
function lineOf(writes) {
  const json = JSON.stringify(
    writes.map(({ table, key, value }) => (value === undefined ? [table, key] : [table, key, value])),
  );
  return `${checksum(json)} ${json}\n`;
}

/**
 * @param {string} line
 * @returns {import('./store.js').Write[] | null}
 */
function readLine(line) {
  const space = line.indexOf(' ');
  const json = line.slice(space + 1);
  if (space < 1 || checksum(json) !== line.slice(0, space)) return null;
  return JSON.parse(json).map((/** @type {any[]} */ [table, key, value]) => ({ table, key, value }));
}
