import { open, rename, rm } from 'node:fs/promises';
import { Backoff } from '../connection/backoff.js';
import { JovialError } from '../error.js';

/** Tries in a row during which nothing came, after which the download has failed. */
const MAX_FAILURES = 8;
/** Errors of the disk, which no repetition heals. */
const DISK = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EBADF']);

/**
 * Writes a file to a path, under Node. A lost connection is made up for from where it was; the name appears when all is there.
 * @param {import('./file-links.js').FileLinks} links
 * @param {any} body
 * @param {string} path
 * @param {{onProgress?: (progress: {received: number, size: number}) => void, signal?: AbortSignal, conversationId?: string}} options
 */
export async function saveFile(links, body, path, { onProgress, signal, conversationId }) {
  const part = `${path}.part`;
  const file = await open(part, 'w');
  const backoff = new Backoff();
  let received = 0;
  let failures = 0;
  let tag = '';
  try {
    for (;;) {
      try {
        /** @type {Record<string, string>} */
        const range = received ? { Range: `bytes=${received}-`, ...(tag ? { 'If-Range': tag } : {}) } : {};
        const reply = await links.open(body, { headers: range, signal, conversationId });
        if (reply.status !== 206) received = 0;
        tag = reply.headers.get('ETag') ?? '';
        const size = received + Number(reply.headers.get('Content-Length') ?? NaN) || body.size;
        for await (const bytes of /** @type {any} */ (reply.body ?? [])) {
          await file.write(bytes, 0, bytes.length, received);
          received += bytes.length;
          failures = 0;
          onProgress?.({ received, size });
        }
        if (received >= size) break;
        throw JovialError.offline();
      } catch (error) {
        if (signal?.aborted || DISK.has(/** @type {any} */ (error).code)) throw error;
        const failure = error instanceof JovialError ? error : JovialError.offline();
        if (!failure.temporary || ++failures > MAX_FAILURES) throw failure;
        if (failures === 1) backoff.reset();
        await new Promise((resolve) => setTimeout(resolve, backoff.next(failure.retryAfterMs)));
      }
    }
    await file.truncate(received);
    await file.sync();
    await file.close();
    await rename(part, path);
  } catch (failure) {
    await file.close().catch(() => {});
    await rm(part, { force: true });
    throw failure;
  }
  return { size: received };
}
