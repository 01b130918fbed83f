const SEQ_DIGITS = 12;
const ORDER_DIGITS = 16;

/**
 * The key of an entry, or of what later entries did to it.
 * @param {string} conversationId
 * @param {number} seq
 */
export const entryKey = (conversationId, seq) => `${conversationId}/${String(seq).padStart(SEQ_DIGITS, '0')}`;

/** @param {string} key */
export const seqOf = (key) => Number(key.slice(key.lastIndexOf('/') + 1));

/** Before the notes of when bodies expire. */
export const EXPIRY = 'expiry ';

/**
 * The note that an entry expires: in the order of time.
 * @param {any} entry
 */
export const expiryKey = ({ conversation_id, seq, expires_at }) =>
  `${EXPIRY}${new Date(expires_at).toISOString()} ${entryKey(conversation_id, seq)}`;

/** @param {string} key */
export const expiryOf = (key) => Date.parse(key.slice(EXPIRY.length).split(' ')[0]);

/** @param {{order: number, client_id: string}} item */
export const outboxKey = ({ order, client_id }) => `${String(order).padStart(ORDER_DIGITS, '0')} ${client_id}`;
