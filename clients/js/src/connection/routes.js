import { JovialError } from '../error.js';
import { openSockJs, openWebSocket } from './web-socket.js';

/** Failures of the WebSocket that never opened, after which SockJS is tried, if there is one. */
const TRIES_BEFORE_SOCKJS = 2;

/**
 * Opens links to the servers given, the next one after each that could not be opened.
 *
 * @param {{url?: string | string[], tcp?: string | string[], tls?: any, WebSocket?: any, SockJS?: any}} options
 * @returns {Promise<(listener: import('./web-socket.js').LinkListener) => import('./web-socket.js').Link>}
 */
export async function routes({ url, tcp, tls, WebSocket = globalThis.WebSocket, SockJS }) {
  const urls = [url ?? []].flat();
  const addresses = [tcp ?? []].flat().map(hostAndPort);
  if (addresses.length && typeof process !== 'undefined') {
    const { openTcp } = await import('./tcp.js');
    return rotating(addresses, (address, listener) => openTcp({ ...address, tls }, listener));
  }
  if (!urls.length) throw new JovialError('invalid_request', 'Give connect() a url, or under Node tcp: "host:port".');
  if (!WebSocket && !SockJS) {
    throw new JovialError(
      'invalid_request',
      'There is no WebSocket here. Under Node 20 give connect() tcp: "host:port", or the WebSocket of the package ws.',
    );
  }
  let failures = 0;
  return rotating(urls, (address, listener) => {
    if (SockJS && (!WebSocket || failures >= TRIES_BEFORE_SOCKJS)) return openSockJs(address, listener, SockJS);
    let opened = false;
    return openWebSocket(
      address,
      {
        ...listener,
        opened: () => {
          opened = true;
          failures = 0;
          listener.opened();
        },
        closed: (code, reason) => {
          if (!opened) failures++;
          listener.closed(code, reason);
        },
      },
      WebSocket,
    );
  });
}

/**
 * @template A
 * @param {A[]} addresses
 * @param {(address: A, listener: import('./web-socket.js').LinkListener) => import('./web-socket.js').Link} open
 */
function rotating(addresses, open) {
  // Clients that are told of several servers share themselves out among them.
  let next = Math.floor(Math.random() * addresses.length);
  return (/** @type {import('./web-socket.js').LinkListener} */ listener) => {
    const address = addresses[next % addresses.length];
    return open(address, {
      ...listener,
      closed: (code, reason) => {
        next++;
        listener.closed(code, reason);
      },
    });
  };
}

/** @param {string} text */
function hostAndPort(text) {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (colon < 1 || !port) throw new JovialError('invalid_request', `tcp must be "host:port", not "${text}".`);
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port };
}
