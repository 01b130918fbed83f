/**
 * A way to the server's bridge.
 * @typedef {object} Link
 * @property {(frame: object) => void} send
 * @property {() => void} close
 *
 * What a link tells; after `closed` nothing more.
 * @typedef {object} LinkListener
 * @property {() => void} opened
 * @property {(frame: any) => void} frame
 * @property {(code: number, reason: string) => void} closed
 */

/**
 * @param {string} text
 * @param {LinkListener} listener
 */
export function readFrame(text, listener) {
  let frame;
  try {
    frame = JSON.parse(text);
  } catch {
    return;
  }
  if (frame && typeof frame === 'object') listener.frame(frame);
}

/**
 * The raw WebSocket beside the SockJS endpoint.
 * @param {string} url as `http://host:port`
 * @param {LinkListener} listener
 * @param {any} WebSocketType
 * @returns {Link}
 */
export function openWebSocket(url, listener, WebSocketType) {
  const address = `${url.replace(/^http/, 'ws').replace(/\/$/, '')}/eventbus/websocket`;
  const socket = new WebSocketType(address);
  socket.onopen = () => listener.opened();
  socket.onmessage = (/** @type {any} */ event) => readFrame(String(event.data), listener);
  socket.onerror = () => {};
  socket.onclose = (/** @type {any} */ event) => listener.closed(event.code, event.reason ?? '');
  return {
    send: (frame) => socket.readyState === 1 && socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
  };
}

/**
 * SockJS, for networks that let no WebSocket through; the constructor is the app's, from `sockjs-client`.
 * @param {string} url
 * @param {LinkListener} listener
 * @param {any} SockJS
 * @returns {Link}
 */
export function openSockJs(url, listener, SockJS) {
  // biome-ignore lint/complexity/useArrowFunction: it is called with new
  return openWebSocket(url, listener, function (/** @type {string} */ address) {
    return new SockJS(address.replace(/^ws/, 'http').replace(/\/websocket$/, ''));
  });
}
