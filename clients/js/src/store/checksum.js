import { createHash } from 'node:crypto';

/** Characters of a hexadecimal checksum; torn and swapped writes are what it is against, not enemies. */
const LENGTH = 16;

/** @param {string} text */
export function checksum(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, LENGTH);
}
