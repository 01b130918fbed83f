import { JovialError } from '../error.js';

/** Of tus 1.0, https://tus.io/protocols/resumable-upload: what is sent with every request. */
const VERSION = { 'Tus-Resumable': '1.0.0' };
/** An upload that is gone from the server is begun again so often, unless something got there meanwhile. */
const MAX_RESTARTS = 3;
/** How often the server may fail without saying why before the upload has failed. */
const MAX_INTERNAL = 5;
/** Answers after which the server has to be asked how far it got. */
const ASK_AGAIN = new Set([409, 423, 460]);
const GONE = new Set([404, 410]);

/**
 * An upload as the server knows it, and what to tell of its progress.
 *
 * @typedef {object} Upload
 * @property {number} size in bytes
 * @property {Record<string, string>} metadata of tus: `filename`, `filetype`, ...
 * @property {string | undefined} fileId of an upload that was begun before
 * @property {(offset: number) => Promise<any>} bodyFrom the bytes from there to the end, as the transport takes them
 * @property {(fileId: string | undefined) => Promise<void>} begun keeps the id before a byte is sent; undefined: it is gone
 * @property {(offset: number) => void} stored so much is stored at the server
 * @property {(sent: number) => void} progress so much has left the device
 * @property {(failure: JovialError) => Promise<void>} wait before the next try; throws when there is to be none
 * @property {AbortSignal} signal
 */

/**
 * Brings a file up: creates it, sends the rest in one request, and after whatever goes wrong asks the server how far it got.
 * One request rather than pieces, because the server must read an upload again to go on with it.
 *
 * @param {import('./files-http.js').FilesHttp} http
 * @param {Upload} upload
 * @returns {Promise<string>} the id of the file, which is complete
 */
export async function bringUp(http, { size, metadata, fileId, bodyFrom, begun, stored, progress, wait, signal }) {
  let id = fileId;
  /** Where the server is; undefined when it must be asked. @type {number | undefined} */
  let offset;
  let highest = 0;
  let restarts = 0;
  let internal = 0;
  const told = (/** @type {number} */ to) => {
    if (to > highest) restarts = internal = 0;
    highest = Math.max(highest, to);
    offset = to;
    stored(to);
  };
  for (;;) {
    try {
      if (!id) {
        id = await create(http, size, metadata, signal);
        await begun(id);
        told(0);
      } else if (offset === undefined) {
        told(await ask(http, id, signal));
      }
      if (offset === size) return id;
      const body = await bodyFrom(offset ?? 0);
      told(await send(http, id, offset ?? 0, body, progress, signal));
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = /** @type {JovialError} */ (error);
      offset = undefined;
      if (id && GONE.has(failure.status) && ++restarts <= MAX_RESTARTS) {
        id = undefined;
        await begun(undefined);
        continue;
      }
      const again = ASK_AGAIN.has(failure.status) || failure.temporary || failure.code === 'unauthenticated';
      if (!again && !(failure.code === 'internal' && ++internal <= MAX_INTERNAL)) throw failure;
      await wait(failure);
    }
  }
}

/**
 * @param {import('./files-http.js').FilesHttp} http
 * @param {number} size
 * @param {Record<string, string>} metadata
 * @param {AbortSignal} signal
 */
async function create(http, size, metadata, signal) {
  const headers = { ...VERSION, 'Upload-Length': String(size), 'Upload-Metadata': encoded(metadata) };
  const { header } = await http.request('POST', '/files/tus', { headers, signal });
  // Whatever stands before it: behind a proxy the way there is the one that we came.
  const id = (header('Location') ?? '').split(/[?#]/)[0].split('/').pop();
  if (!id) throw new JovialError('internal', 'The server did not say where the upload goes.', { status: 500 });
  return decodeURIComponent(id);
}

/**
 * @param {import('./files-http.js').FilesHttp} http
 * @param {string} id
 * @param {AbortSignal} signal
 */
async function ask(http, id, signal) {
  const { header } = await http.request('HEAD', pathOf(id), { headers: VERSION, signal });
  return offsetOf(header);
}

/**
 * @param {import('./files-http.js').FilesHttp} http
 * @param {string} id
 * @param {number} offset
 * @param {any} body
 * @param {(sent: number) => void} progress
 * @param {AbortSignal} signal
 */
async function send(http, id, offset, body, progress, signal) {
  const headers = { ...VERSION, 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
  const onProgress = (/** @type {number} */ sent) => progress(offset + sent);
  const { header } = await http.request('PATCH', pathOf(id), { headers, body, onProgress, signal });
  return offsetOf(header);
}

/**
 * Takes an upload off the server.
 * @param {import('./files-http.js').FilesHttp} http
 * @param {string} id
 */
export async function terminate(http, id) {
  await http.request('DELETE', pathOf(id), { headers: VERSION });
}

/**
 * The largest file that the server takes, in bytes; undefined if it does not say.
 * @param {import('./files-http.js').FilesHttp} http
 */
export async function largest(http) {
  const { header } = await http.request('OPTIONS', '/files/tus', {});
  return Number(header('Tus-Max-Size')) || undefined;
}

/** @param {string} id */
const pathOf = (id) => `/files/tus/${encodeURIComponent(id)}`;

/** @param {(name: string) => string | null | undefined} header */
function offsetOf(header) {
  const offset = Number(header('Upload-Offset') ?? NaN);
  if (!Number.isSafeInteger(offset))
    throw new JovialError('internal', 'The server did not say how much it has.', { status: 500 });
  return offset;
}

/** @param {Record<string, string>} metadata */
function encoded(metadata) {
  const base64 = (/** @type {string} */ text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
  return Object.entries(metadata)
    .map(([key, value]) => `${key} ${base64(value)}`)
    .join(',');
}
