const DIRECT = 'd.';

/** @param {Uint8Array} bytes */
function format(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function randomBytes() {
  // crypto.randomUUID is missing on pages of plain http other than localhost; this is not.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes;
}

/** A random UUID (RFC 9562, version 4). */
export function uuid() {
  const bytes = randomBytes();
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  return format(bytes);
}

/**
 * A UUID that carries the time (RFC 9562, version 7).
 * @param {number} now milliseconds by the server's clock
 */
export function uuidV7(now) {
  const bytes = randomBytes();
  let time = Math.floor(now);
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  return format(bytes);
}

/**
 * The id of the conversation of two users; of one with themselves it is a notepad.
 * @param {string} one
 * @param {string} other
 */
export function directConversation(one, other) {
  return one <= other ? `${DIRECT}${one}.${other}` : `${DIRECT}${other}.${one}`;
}

/**
 * The other member of a direct conversation, or null.
 * @param {string} conversationId
 * @param {string} me
 */
export function peerOf(conversationId, me) {
  const parts = conversationId.startsWith(DIRECT) ? conversationId.slice(DIRECT.length).split('.') : [];
  if (parts.length !== 2 || !parts.includes(me)) return null;
  return parts[0] === me ? parts[1] : parts[0];
}

/**
 * What a user_token says of itself. It is the server's to check it; this is only to know whose it is.
 * @param {string | undefined} token
 * @returns {{sub?: string, device_id?: string, exp?: number}}
 */
export function claimsOf(token) {
  try {
    const payload = String(token).split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(atob(payload)) ?? {};
  } catch {
    return {};
  }
}
