import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { JovialError } from '../error.js';

/** A connection on which nothing moves for this long, in milliseconds, is taken for lost. */
const STALL_MS = 45_000;
/** Characters of an answer that are read. */
const MAX_TEXT = 64 * 1024;
const BODILESS = new Set([204, 205, 304]);

/**
 * HTTP under Node: node:http rather than fetch, for a body of known length that is never whole in memory, and for TLS
 * options of the app.
 * @param {any} tls of `connect`
 * @returns {import('./files-http.js').Transport}
 */
export function nodeTransport(tls) {
  const options = typeof tls === 'object' ? tls : {};
  return {
    async request(method, url, request) {
      const reply = await exchange(options, method, url, request);
      let text = '';
      try {
        for await (const part of reply.setEncoding('utf8')) if (text.length < MAX_TEXT) text += part;
      } catch (failure) {
        throw lost(failure, request.signal);
      }
      const header = (/** @type {string} */ name) => reply.headers[name.toLowerCase()]?.toString();
      return { status: reply.statusCode ?? 0, header, text: async () => text };
    },

    async open(method, url, request) {
      const reply = await exchange(options, method, url, request);
      const headers = new Headers();
      for (const [name, value] of Object.entries(reply.headers)) headers.set(name, String(value));
      const status = reply.statusCode ?? 0;
      const empty = method === 'HEAD' || BODILESS.has(status);
      if (empty) reply.resume();
      return new Response(empty ? null : /** @type {any} */ (Readable.toWeb(reply)), { status, headers });
    },
  };
}

/**
 * @param {any} options
 * @param {string} method
 * @param {string} url
 * @param {import('./files-http.js').HttpRequest} request
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
function exchange(options, method, url, { headers = {}, body, onProgress, signal }) {
  const start = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = body ? { 'Content-Length': String(body.size) } : {};
    const request = start(url, { ...options, method, headers: { ...headers, ...length }, signal });
    request.setTimeout(STALL_MS, () => request.destroy(new Error('Nothing moved.')));
    request.on('response', (reply) => {
      // An answer before the whole body is there: nobody wants the rest.
      reply.on('end', () => request.writableFinished || request.destroy());
      resolve(reply);
    });
    request.on('error', (failure) => reject(failure instanceof JovialError ? failure : lost(failure, signal)));
    if (!body) {
      request.end();
      return;
    }
    const bytes = typeof body.open === 'function' ? body.open() : Readable.fromWeb(body.stream());
    // What fails here fails the request; what fails there ends the reading.
    pipeline(bytes, counting(onProgress), request).catch((failure) => {
      if (failure?.code !== 'ERR_STREAM_PREMATURE_CLOSE') request.destroy(failure);
    });
  });
}

/** @param {((sent: number) => void) | undefined} onProgress */
function counting(onProgress) {
  let sent = 0;
  return new Transform({
    transform(chunk, _encoding, done) {
      sent += chunk.length;
      onProgress?.(sent);
      done(null, chunk);
    },
  });
}

/**
 * @param {any} failure
 * @param {AbortSignal | undefined} signal
 */
const lost = (failure, signal) => (signal?.aborted ? failure : JovialError.offline());
