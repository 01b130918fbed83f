import { JovialError } from '../error.js';
import { QuotaError } from '../store/store.js';

/**
 * Where a file that waits to go up is found again, also after a restart: the Blob itself in the device's store, or a path
 * with what the file at it was like.
 *
 * @typedef {{kind: 'blob', size: number} | {kind: 'path', path: string, size: number, mtime_ms: number}} Source
 *
 * @typedef {object} OpenSource
 * @property {(offset: number) => Promise<any>} from the bytes from there on, as the transport takes them
 */

const onNode = () => typeof process !== 'undefined' && Boolean(process.versions?.node);

/**
 * Keeps what is to be sent.
 * @param {import('../store/fallback-store.js').FallbackStore} store
 * @param {string} clientId
 * @param {Blob | string} given
 * @returns {Promise<Source>}
 */
export async function keep(store, clientId, given) {
  if (typeof given === 'string') {
    if (!onNode()) throw new JovialError('invalid_request', 'In a browser give sendFile() a File or a Blob.');
    const { describe } = await import('./node-source.js');
    return describe(given);
  }
  if (typeof Blob === 'undefined' || !(given instanceof Blob)) {
    throw new JovialError('invalid_request', 'Give sendFile() a File or a Blob, or under Node the path of a file.');
  }
  if (!store.keepsBlobs) {
    throw new JovialError('invalid_request', 'This store keeps no Blobs: give sendFile() the path of a file.');
  }
  try {
    await store.putFile(clientId, given);
  } catch (failure) {
    if (!(failure instanceof QuotaError)) throw failure;
    throw new JovialError('storage', 'There is no room on this device to keep the file until it is sent.');
  }
  return { kind: 'blob', size: given.size };
}

/**
 * @param {import('../store/fallback-store.js').FallbackStore} store
 * @param {string} clientId
 * @param {Source} source
 * @returns {Promise<OpenSource>}
 */
export async function reopen(store, clientId, source) {
  if (source.kind === 'path') {
    const { check, bytesFrom } = await import('./node-source.js');
    return {
      from: async (offset) => {
        await check(source);
        return bytesFrom(source, offset);
      },
    };
  }
  /** @type {Blob | undefined} */
  const blob = await store.get('files', clientId);
  if (!blob) throw new JovialError('gone', 'The file is no longer on this device. Send it again.');
  return { from: async (offset) => blob.slice(offset) };
}
