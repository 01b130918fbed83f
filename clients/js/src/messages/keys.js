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

/** @param {{order: number, client_id: string}} item */
export const outboxKey = ({ order, client_id }) => `${String(order).padStart(ORDER_DIGITS, '0')} ${client_id}`;
