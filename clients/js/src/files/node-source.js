import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { JovialError } from '../error.js';

/** Read from the disk at once, in bytes. */
const READ_BYTES = 256 * 1024;

/** @typedef {{kind: 'path', path: string, size: number, mtime_ms: number}} PathSource */

/**
 * @param {string} given
 * @returns {Promise<PathSource>}
 */
export async function describe(given) {
  const path = resolve(given);
  const found = await stat(path).catch((failure) => {
    throw new JovialError('invalid_request', `${path} cannot be read (${failure.code}).`);
  });
  if (!found.isFile()) throw new JovialError('invalid_request', `${path} is not a file.`);
  return { kind: 'path', path, size: found.size, mtime_ms: Math.floor(found.mtimeMs) };
}

/**
 * Refuses a file that is not the one that was given: half of each would be neither.
 * @param {PathSource} source
 */
export async function check({ path, size, mtime_ms }) {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new JovialError('gone', `${path} is no longer there.`);
  if (found.size !== size || Math.floor(found.mtimeMs) !== mtime_ms) {
    throw new JovialError('gone', `${path} was changed before it was sent. Send it again.`);
  }
}

/**
 * @param {PathSource} source
 * @param {number} offset
 */
export function bytesFrom({ path, size }, offset) {
  return {
    size: size - offset,
    // `end` belongs to it; a file of nothing has no last byte.
    open: () =>
      size > offset
        ? createReadStream(path, { start: offset, end: size - 1, highWaterMark: READ_BYTES })
        : emptyStream(),
  };
}

async function* emptyStream() {}
