import { peerOf } from '../ids.js';
import { contiguousAfter, has, missing } from './ranges.js';

/** A hole of more entries than this is not waited for: what is above it is shown at once. */
export const SMALL_HOLE = 200;

/**
 * What the device knows of a conversation beside its entries.
 *
 * @typedef {object} Receipt
 * @property {number} delivered_upto
 * @property {number} read_upto
 *
 * @typedef {object} ConversationState
 * @property {string} conversation_id
 * @property {string | null} user_id the other member of a direct one
 * @property {number} last_seq the highest known to exist
 * @property {string | null} last_stored_at
 * @property {number} from entries up to here are history: fetched when somebody scrolls there, told to no trigger
 * @property {[number, number][]} ranges held
 * @property {[number, number][]} deleted ranges whose bodies are gone
 * @property {number} read_upto how far the person has read
 * @property {Receipt} acked what the server has stored of our receipts
 * @property {number} others_upto the highest entry of somebody else that is held
 * @property {Record<string, Receipt>} receipts of the other members
 * @property {number} unread
 * @property {number} counted_upto entries up to here are in `unread` already, held or not
 * @property {number} first_seq the lowest that there is, 0 if unknown
 * @property {any} last the newest message as shown, without what it is not shown by
 */

/**
 * @param {string} conversationId
 * @param {string} me
 * @returns {ConversationState}
 */
export function newConversation(conversationId, me) {
  return {
    conversation_id: conversationId,
    user_id: peerOf(conversationId, me),
    last_seq: 0,
    last_stored_at: null,
    from: 0,
    ranges: [],
    deleted: [],
    read_upto: 0,
    acked: { delivered_upto: 0, read_upto: 0 },
    others_upto: 0,
    receipts: {},
    unread: 0,
    counted_upto: 0,
    first_seq: 0,
    last: null,
  };
}

/**
 * Up to here the device has everything that is news to it.
 * @param {ConversationState} record
 */
export const heldUpto = (record) => contiguousAfter(record.ranges, record.from);

/**
 * What is news to the device and not there.
 * @param {ConversationState} record
 */
export const gaps = (record) => missing(record.ranges, record.from + 1, record.last_seq);

/**
 * What may be shown without a hole in it: the newest range, unless a small hole below it is about to be filled.
 * @param {ConversationState} record
 * @returns {[number, number]}
 */
export function shownRange(record) {
  const { ranges } = record;
  let i = ranges.length - 1;
  while (i > 0 && ranges[i][0] - ranges[i - 1][1] - 1 <= SMALL_HOLE) i--;
  return ranges[i] ?? [1, 0];
}

/**
 * The receipts that the server should have and has not; null if none. Nothing is told as delivered, or read, above
 * the first gap.
 * @param {ConversationState} record
 */
export function owedReceipt(record) {
  const upto = heldUpto(record);
  const read = Math.min(record.read_upto, upto);
  const delivered = record.others_upto > record.acked.delivered_upto && upto > record.acked.delivered_upto ? upto : 0;
  /** @type {{delivered_upto?: number, read_upto?: number}} */
  const owed = {};
  if (read > record.acked.read_upto) owed.read_upto = read;
  if (delivered > Math.max(read, record.acked.read_upto)) owed.delivered_upto = delivered;
  return owed.read_upto || owed.delivered_upto ? owed : null;
}

/**
 * Takes over a receipt; false if it says nothing new.
 * @param {Receipt} receipt
 * @param {{delivered_upto?: number, read_upto?: number}} news
 */
export function advance(receipt, { delivered_upto: delivered = 0, read_upto: read = 0 }) {
  const upto = Math.max(delivered, read);
  if (upto <= receipt.delivered_upto && read <= receipt.read_upto) return false;
  receipt.delivered_upto = Math.max(receipt.delivered_upto, upto);
  receipt.read_upto = Math.max(receipt.read_upto, read);
  return true;
}

/**
 * How far an own message got.
 * @param {ConversationState} record
 * @param {number} seq
 * @param {string} me
 */
export function tickOf(record, seq, me) {
  const others = Object.entries(record.receipts).filter(([userId]) => userId !== me);
  if (!others.length) return 'stored';
  if (others.every(([, receipt]) => receipt.read_upto >= seq)) return 'read';
  return others.every(([, receipt]) => receipt.delivered_upto >= seq) ? 'delivered' : 'stored';
}

/**
 * Whether an entry counts as unread above the read watermark: a message of somebody else that has not been removed.
 * @param {any} entry
 * @param {string} me
 */
export const isUnread = ({ kind, sender_id, removed }, me) => kind === 'message' && sender_id !== me && !removed;

/**
 * @param {ConversationState} record
 * @param {number} seq
 */
export const holds = (record, seq) => has(record.ranges, seq);
