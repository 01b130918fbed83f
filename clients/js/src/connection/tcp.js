import { readFrame } from './web-socket.js';

const LENGTH_BYTES = 4;
/** Longer frames are none of the server's. */
const MAX_FRAME_BYTES = 64 * 1024 * 1024;

/**
 * The TCP bridge, under Node: each frame after its length as a 32-bit big-endian integer.
 * @param {{host: string, port: number, tls?: boolean | object}} address
 * @param {import('./web-socket.js').LinkListener} listener
 * @returns {import('./web-socket.js').Link}
 */
export function openTcp({ host, port, tls }, listener) {
  /** @type {import('node:net').Socket | null} */
  let socket = null;
  let closed = false;
  const done = (/** @type {number} */ code, /** @type {string} */ reason) => {
    if (closed) return;
    closed = true;
    socket?.destroy();
    listener.closed(code, reason);
  };
  connect(host, port, tls).then(
    (made) => {
      if (closed) {
        made.destroy();
        return;
      }
      socket = made;
      made.setNoDelay(true);
      made.once(tls ? 'secureConnect' : 'connect', () => closed || listener.opened());
      made.on('error', (error) => done(1006, error.message));
      made.on('close', () => done(1006, 'closed'));
      made.on(
        'data',
        frameReader(
          (text) => closed || readFrame(text, listener),
          () => done(1009, 'frame too long'),
        ),
      );
    },
    (error) => done(1006, error.message),
  );
  return {
    send: (frame) => {
      if (!socket || closed) return;
      const text = Buffer.from(JSON.stringify(frame));
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(text.length);
      socket.write(Buffer.concat([length, text]));
    },
    close: () => {
      closed = true;
      socket?.destroy();
    },
  };
}

/**
 * @param {string} host
 * @param {number} port
 * @param {boolean | object | undefined} tls
 * @returns {Promise<import('node:net').Socket>}
 */
async function connect(host, port, tls) {
  if (!tls) return (await import('node:net')).connect({ host, port });
  return (await import('node:tls')).connect({ host, port, servername: host, ...(tls === true ? {} : tls) });
}

/**
 * @param {(text: string) => void} onFrame
 * @param {() => void} onTooLong
 */
export function frameReader(onFrame, onTooLong) {
  /** @type {Buffer[]} */
  let chunks = [];
  let held = 0;
  let needed = LENGTH_BYTES;
  return (/** @type {Buffer} */ chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    // Put together only when a whole frame is there: a long one arrives in many pieces.
    while (held >= needed) {
      const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      const length = all.readUInt32BE(0);
      if (length > MAX_FRAME_BYTES) {
        onTooLong();
        return;
      }
      needed = LENGTH_BYTES + length;
      chunks = [all];
      if (held < needed) return;
      const text = all.toString('utf8', LENGTH_BYTES, needed);
      chunks = held > needed ? [all.subarray(needed)] : [];
      held -= needed;
      needed = LENGTH_BYTES;
      onFrame(text);
    }
  };
}
