import { JovialError } from '../error.js';

/** A request during which nothing moves for this long, in milliseconds, is taken for lost. */
const STALL_MS = 45_000;

/**
 * HTTP in browsers. Uploads go by XMLHttpRequest, the only way there that tells how much has been sent.
 * @type {import('./files-http.js').Transport}
 */
export const browserTransport = {
  request(method, url, { headers = {}, body, onProgress, signal }) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const request = new XMLHttpRequest();
      /** @type {any} */
      let timer;
      const moved = () => {
        clearTimeout(timer);
        timer = setTimeout(() => request.abort(), STALL_MS);
      };
      const abort = () => request.abort();
      request.onloadend = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        if (signal?.aborted) reject(signal.reason);
        else if (!request.status) reject(JovialError.offline());
        else
          resolve({
            status: request.status,
            header: (name) => request.getResponseHeader(name),
            text: async () => request.responseText,
          });
      };
      signal?.addEventListener('abort', abort);
      request.open(method, url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      // Listening makes a request to another origin one that needs to be asked for first: only where it is of use.
      if (body) {
        request.upload.onprogress = ({ loaded }) => {
          moved();
          onProgress?.(loaded);
        };
      }
      moved();
      request.send(body ?? null);
    });
  },

  async open(method, url, { headers, signal }) {
    try {
      // The bearer says who it is; a cookie may be of another account of this browser.
      return await fetch(url, { method, headers, signal, credentials: 'omit', cache: 'no-store' });
    } catch (failure) {
      if (signal?.aborted) throw failure;
      throw JovialError.offline();
    }
  },
};
